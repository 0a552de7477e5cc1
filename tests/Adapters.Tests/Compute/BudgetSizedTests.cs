using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>A step of a budget that gives scale sets and machines a cheaper size, over the protocols of Azure, with the price list of the sandbox.</summary>
public sealed class BudgetSizedTests : CycleTest
{
    private const string Own = "Standard_D4s_v5";

    private const string Low = "Standard_D2s_v5";

    private static readonly TargetId Set = ScaleSetSpec.IdOf(Subscription, "shop", "web");

    /// <summary>Its hardware has both sizes, so that it is restarted.</summary>
    private static readonly TargetId Free = VirtualMachineSpec.IdOf(Subscription, "shop", "free");

    /// <summary>Its hardware has its own only, so that it is stopped.</summary>
    private static readonly TargetId Tied = VirtualMachineSpec.IdOf(Subscription, "shop", "tied");

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([new ScaleSetSpec { Id = Set, Sku = Own, InitialCapacity = 4, CountBefore = 4, Load = new ConstantLoad(0.4), RestingMemoryPercent = 20 }])
        {
            VirtualMachines =
            [
                new VirtualMachineSpec { Id = Free, Sku = Own, Load = new ConstantLoad(0.1) },
                new VirtualMachineSpec { Id = Tied, Sku = Own, Load = new ConstantLoad(0.1), OfferedWhereItRuns = [Own] },
            ],
            Quotas = [new("westeurope", "standardDSv5Family", 100), new("westeurope", "cores", 100)],
        },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
    };

    [Fact]
    public async Task Each_gets_it_by_its_own_way_and_its_own_size_back_by_the_mildest()
    {
        await using var services = Build();
        await KeepAsync(services, "cheaperSize", BudgetStepKind.CheaperSize, BudgetPhase.Active);
        await RunAsync(services, minutes: 70);
        Assert.Equal([Low, Low, Low], Sizes());
        Assert.Equal((Own, Low, false), Kept(await RowAsync(services, Set)));
        Assert.Equal((Own, Low, false), Kept(await RowAsync(services, Free)));
        Assert.Equal((Own, Low, true), Kept(await RowAsync(services, Tied)));

        var before = Sandbox.Writes.All.Count;
        await KeepAsync(services, "cheaperSize", BudgetStepKind.CheaperSize, BudgetPhase.Idle);
        await RunAsync(services, minutes: 40);

        Assert.Equal([Own, Own, Own], Sizes());
        foreach (var target in new[] { Set, Free, Tied })
        {
            var row = await RowAsync(services, target);
            Assert.Null(row.BudgetSize);
            Assert.Null(row.RollOut);
            Assert.Null(row.Restage);
            Assert.Null(row.Sizes.Of(Low));
        }

        Assert.Equal((4, 1, 1), (Sandbox.Estate.CapacityOf(Set), Sandbox.Estate.CapacityOf(Free), Sandbox.Estate.CapacityOf(Tied)));
        var back = Sandbox.Writes.All.Skip(before).ToList();
        Assert.Equal(["PATCH"], back.Where(write => write.Path.StartsWith(Free.Value, StringComparison.OrdinalIgnoreCase)).Select(write => write.Method));

        // Where it has run since, its own size is offered: nothing has to be stopped for the way back.
        Assert.Equal(
            [$"PATCH {Tied}"],
            back.Where(write => write.Path.StartsWith(Tied.Value, StringComparison.OrdinalIgnoreCase)).Select(write => $"{write.Method} {write.Path}"));
        Assert.Equal(Sandbox.Writes.Effective.Count, Sandbox.Writes.All.Count);
    }

    /// <summary>Azure takes the own size and does not have it: it is asked for again, what is owed stays owed, and the cheaper size is no bad one.</summary>
    [Fact]
    public async Task A_way_back_that_azure_loses_is_asked_for_again_and_blames_no_size()
    {
        await using var services = Build();
        await KeepAsync(services, "cheaperSize", BudgetStepKind.CheaperSize, BudgetPhase.Active);
        await RunAsync(services, minutes: 70);
        Assert.Equal(Low, Sandbox.Estate.SizeOf(Set));

        Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(200, Body: "{}"), Target = "virtualMachineScaleSets/web", Method = "PATCH", Times = 1 });
        await KeepAsync(services, "cheaperSize", BudgetStepKind.CheaperSize, BudgetPhase.Idle);
        await RunAsync(services, minutes: 60);

        var row = await RowAsync(services, Set);
        Assert.Equal(Own, Sandbox.Estate.SizeOf(Set));
        Assert.Equal((null, null, null), (row.BudgetSize, row.RollOut, row.Intent));
        Assert.Null(row.Sizes.Of(Low));
        var journal = (await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(Set.Key, Limit: 100), Cancellation)).Select(entry => entry.Text).ToList();
        Assert.Contains(journal, text => text.Contains("is asked for again", StringComparison.Ordinal));
    }

    private static (string Own, string Low, bool IsByStopping) Kept(TargetRow row) => (row.BudgetSize!.Own, row.BudgetSize.Low, row.BudgetSize.IsByStopping);

    private string?[] Sizes() => [Sandbox.Estate.SizeOf(Set), Sandbox.Estate.SizeOf(Free), Sandbox.Estate.SizeOf(Tied)];

    private static async Task<TargetRow> RowAsync(IServiceProvider services, TargetId target) => await services.GetRequiredService<RowStore>().ReadAsync(target, Cancellation);

    private async Task RunAsync(IServiceProvider services, int minutes)
    {
        var policies = Policies();
        for (var minute = 0; minute < minutes; minute++)
        {
            await TickAsync(services, policies);
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }
    }

    /// <summary>By itself VerticalScaling leaves them as they are: less than a hundredth of their processors is never in use.</summary>
    private static PolicySet Policies() => Read(
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: machines }
        spec: { select: { type: vm }, mode: act }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: sets }
        spec: { select: { type: vmss }, mode: act }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: one }
        spec: { workload: machines, instances: { minimum: 1, maximum: 1 } }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: four }
        spec: { workload: sets, instances: { minimum: 4, maximum: 4 } }
        """,
        Sizes("machines", "onlyInstance: mayStop"),
        Sizes("sets", ""),
        $$"""
        apiVersion: scalefunctions/v1
        kind: BudgetAlerts
        metadata: { name: team }
        spec:
          scope: /subscriptions/{{Subscription}}
          amount: 1000
          currency: USD
          mode: act
          ladder: [ { step: cheaperSize, when: { forecast: 100 }, select: { any: [ { type: vmss }, { type: vm } ] }, allowRestart: true } ]
        """);

    private static string Sizes(string workload, string extra) => $$"""
        apiVersion: scalefunctions/v1
        kind: VerticalScaling
        metadata: { name: sizes-{{workload}} }
        spec:
          workload: {{workload}}
          mode: recommend
          sizes: [{{Low}}, {{Own}}]
          down: { cpu: { below: 0.01, for: 10m }, memory: { below: 90, for: 10m } }
          up: { memory: { above: 95 } }
          {{extra}}
          guard:
            signals: [ { name: busy, metric: Percentage CPU } ]
            breachedWhen: [ { signal: busy, above: 95 } ]
          rollOut: { pause: 3m, watch: 5m }
        """;
}
