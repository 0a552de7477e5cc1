using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>A step of a budget that gives a plan of four P2v3 a cheaper size, over the protocols of Azure, with the price list of the sandbox.</summary>
public sealed class BudgetPlanTests : SizedPlanTest
{
    private const string Guarded = "guard: { signals: [ { name: queue, metric: HttpQueueLength, zero: usual } ], breachedWhen: [ { signal: queue, above: 10 } ] }";

    [Fact]
    public async Task The_next_cheaper_size_holds_while_the_step_does_and_its_own_comes_back_after_it()
    {
        await using var services = Build();
        var policies = Policies(Guarded);
        await KeepAsync(services, policies, BudgetPhase.Active);
        await UntilAsync(services, policies, () => Task.FromResult(Sandbox.Estate.SizeOf(Idle) == "P1v3"));
        await RunAsync(services, policies, minutes: 30);
        var row = await RowAsync(services, Idle);
        Assert.Equal(("P2v3", "P1v3", "cheaperSize"), (row.BudgetSize!.Own, row.BudgetSize.Low, row.BudgetSize.Step));
        Assert.NotNull(row.BudgetSize.LoweredAt);
        Assert.Contains("P1v3 stays: the step cheaperSize of the budget team holds; it gets P2v3 back", row.Sizing!.Reason, StringComparison.Ordinal);
        Assert.Equal(4, Sandbox.Estate.CapacityOf(Idle));

        await KeepAsync(services, policies, BudgetPhase.Idle);
        await UntilAsync(services, policies, () => Task.FromResult(Sandbox.Estate.SizeOf(Idle) == "P2v3"));
        await RunAsync(services, policies, minutes: 10);

        Assert.Null((await RowAsync(services, Idle)).BudgetSize);
        Assert.Equal([("P2v3", "P1v3"), ("P1v3", "P2v3")], Sizes());
        var journal = await JournalAsync(services, Idle);
        Assert.Contains(journal, text => text.Contains("P2v3 → P1v3: the step cheaperSize of the budget team wants it cheaper: an instance costs", StringComparison.Ordinal));
        Assert.Contains(journal, text => text.Contains("P1v3 → P2v3: the size it had before the step cheaperSize of the budget team", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", "the policy has no 'guard'")]
    [InlineData(Guarded, "B9", "B9 has no price")]
    [InlineData(Guarded, "P3v3", "nothing cheaper is priced: P3v3 costs")]
    public async Task What_is_not_proven_to_do_and_to_be_cheaper_is_refused_with_the_reason(string guard, string size, string why)
    {
        await using var services = Build();
        var policies = Policies(guard, size);
        await KeepAsync(services, policies, BudgetPhase.Active);
        await RunAsync(services, policies, minutes: 12);

        Assert.Empty(Sizes());
        var row = await RowAsync(services, Idle);
        Assert.Null(row.BudgetSize);
        Assert.Contains(why, row.Sizing!.Reason, StringComparison.Ordinal);
    }

    /// <summary>Without VerticalScaling nobody says up to which use a size does; that is told, too.</summary>
    [Fact]
    public async Task A_plan_without_a_policy_of_sizes_keeps_its_own()
    {
        await using var services = Build();
        var policies = Policies(Guarded) with { VerticalScaling = [] };
        await KeepAsync(services, policies, BudgetPhase.Active);
        await RunAsync(services, policies, minutes: 3);

        Assert.Empty(Sizes());
        Assert.Contains("no VerticalScaling policy says", (await RowAsync(services, Idle)).Sizing!.Reason, StringComparison.Ordinal);
    }

    /// <summary>A person gives it back its size in the step: it is left alone, and nothing is owed.</summary>
    [Fact]
    public async Task What_a_person_changes_meanwhile_stays()
    {
        await using var services = Build();
        var policies = Policies(Guarded);
        await KeepAsync(services, policies, BudgetPhase.Active);
        await UntilAsync(services, policies, () => Task.FromResult(Sandbox.Estate.SizeOf(Idle) == "P1v3"));
        await RunAsync(services, policies, minutes: 30);
        Sandbox.Estate.SetSize(Idle, "P3v3");
        await RunAsync(services, policies, minutes: 10);
        Assert.True((await RowAsync(services, Idle)).BudgetSize!.IsReleased);

        await KeepAsync(services, policies, BudgetPhase.Idle);
        await RunAsync(services, policies, minutes: 10);
        Assert.Null((await RowAsync(services, Idle)).BudgetSize);
        Assert.Equal("P3v3", Sandbox.Estate.SizeOf(Idle));
    }

    /// <summary>By itself VerticalScaling leaves it as it is: less than a hundredth of its processors is never in use.</summary>
    private static PolicySet Policies(string guard, string size = "") => Read(
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: plans }
        spec: { select: { type: plan }, mode: act }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec: { workload: plans, instances: { minimum: 4, maximum: 4 } }
        """,
        $$"""
        apiVersion: scalefunctions/v1
        kind: VerticalScaling
        metadata: { name: sizes }
        spec:
          workload: plans
          sizes: [P1v3, P2v3, P3v3]
          down: { cpu: { below: 0.01 } }
          rollOut: { pause: 5m, watch: 10m }
          {{guard}}
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
          ladder: [ { step: cheaperSize, when: { forecast: 100 }, select: { type: plan }, allowRestart: true{{(size.Length > 0 ? $", size: {size}" : "")}} } ]
        """);

    /// <summary>What a look at the budget would have kept.</summary>
    private static async Task KeepAsync(IServiceProvider services, PolicySet policies, BudgetPhase phase)
    {
        var states = services.GetRequiredService<BudgetStates>();
        var (record, version) = await states.ReadAsync("team", Cancellation);
        var ladder = KeptLadder.New with
        {
            Period = new SpendPeriod(new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1)),
            Steps = [.. policies.BudgetAlerts[0].Ladder.Select(step => new KeptStep { Name = step.Name, Phase = phase, Kind = step.Kind, Mode = PolicyMode.Act })],
        };
        Assert.NotNull(await states.WriteAsync("team", record with { Ladder = ladder }, version, services.GetRequiredService<TimeProvider>().GetUtcNow(), Cancellation));
    }
}
