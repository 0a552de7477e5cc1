using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>A machine that a budget stops on a Monday morning, and for which Azure has no room when the step is over. The clock is UTC.</summary>
public sealed class BudgetMachineTests : CycleTest
{
    private const string Own = "Standard_D4s_v5";

    private const string Alternative = "Standard_D4as_v5";

    private static readonly TargetId Dev = VirtualMachineSpec.IdOf(Subscription, "shop", "dev-1");

    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = Monday,
        Estate = new EstateSpec([])
        {
            VirtualMachines = [new() { Id = Dev, Sku = Own, Load = new ConstantLoad(0.02), Tags = new Dictionary<string, string> { [BudgetStep.StopTag] = "true" } }],
        },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
    };

    [Fact]
    public async Task It_is_started_with_another_size_of_its_policy_and_gets_its_own_after_the_next_night()
    {
        await using var services = Build();
        await KeepAsync(services, "stop", BudgetStepKind.Stop, BudgetPhase.Active);
        await RunAsync(services, Monday.AddMinutes(30), minutes: 2);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Dev));

        Sandbox.Faults.Add(new FaultRule { Effect = new SizeNotAllocated(Own), Target = "virtualMachines/dev-1", Until = Monday.AddHours(3) });
        await KeepAsync(services, "stop", BudgetStepKind.Stop, BudgetPhase.Idle);
        await RunAsync(services, Monday.AddMinutes(90), minutes: 2);
        Assert.Equal((1, Alternative), (Sandbox.Estate.CapacityOf(Dev), Sandbox.Estate.SizeOf(Dev)));
        var row = await services.GetRequiredService<RowStore>().ReadAsync(Dev, Cancellation);
        Assert.Null(row.Budget);
        Assert.Equal((true, Own), (row.Off!.OwesSize, row.Off.Size));

        await RunAsync(services, Monday.AddHours(22.5), minutes: 5);
        Assert.Equal((1, Own), (Sandbox.Estate.CapacityOf(Dev), Sandbox.Estate.SizeOf(Dev)));
        Assert.Null((await services.GetRequiredService<RowStore>().ReadAsync(Dev, Cancellation)).Off);
    }

    private async Task RunAsync(IServiceProvider services, DateTimeOffset until, int minutes)
    {
        while (Sandbox.Clock.GetUtcNow() < until)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(minutes), Cancellation);
            await TickAsync(services, Policies());
        }
    }

    private static PolicySet Policies() => Read(
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: machines }
        spec: { select: { type: vm }, mode: act }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec: { workload: machines, instances: { minimum: 1, maximum: 1 } }
        """,
        $$"""
        apiVersion: scalefunctions/v1
        kind: UsageOptimization
        metadata: { name: nights }
        spec:
          workload: machines
          offHours: { onHours: ["Mon-Fri 07:00-19:00"], to: { instances: 0 }, spread: 0s, alternatives: [{{Alternative}}] }
        """,
        $$"""
        apiVersion: scalefunctions/v1
        kind: BudgetAlerts
        metadata: { name: team }
        spec:
          scope: /subscriptions/{{Subscription}}
          amount: 1000
          currency: USD
          mode: act
          ladder: [ { step: stop, when: { forecast: 100 }, select: { type: vm }, notice: 5m, grace: 5m } ]
        """);
}
