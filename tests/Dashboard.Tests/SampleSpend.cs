using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Spending;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>A budget of which too much is spent, with a step in each phase, and what is monitored beside it.</summary>
internal static class SampleSpend
{
    public const string Budget = "team-budget";

    public static readonly SpendPeriod January = new(new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1));

    /// <summary>Nothing of it reaches a tick of these tests: spend is as they write it.</summary>
    public const string Policies =
        """
        apiVersion: scalefunctions/v1
        kind: BudgetAlerts
        metadata: { name: team-budget, owner: finops }
        spec:
          scope: /subscriptions/00000000-0000-4000-8000-000000000001
          amount: 12000
          currency: USD
          mode: act
          ladder:
            - { step: notify, when: { forecast: 95 } }
            - { step: offHours, name: nights, when: { forecast: 96 }, select: { type: vmss }, off: ["Mon-Fri 19:00-07:00"], timeZone: UTC, notice: 30m }
            - { step: lowerMaximum, name: lower, when: { forecast: 97 }, select: { type: vmss }, maximum: 12, notice: 30m, approval: required }
            - { step: stop, when: { actual: 90, forecast: 98 }, select: { type: vmss }, notice: 1h, grace: 30m }
            - { step: freezeScaleOut, when: { forecast: 100 }, select: { type: vmss }, notice: 15m }
          undo: { forecastBelow: 90, for: 6h, firstShare: 50%, restAfter: 30m }
        """;

    /// <summary>What is kept of the budget: the first step told, the second acts, the third waits for a yes, the fourth is in grace, the last one rests.</summary>
    public static BudgetRecord Record(DateTimeOffset now) => new()
    {
        LookedAt = now,
        Ladder = new KeptLadder
        {
            Period = January,
            Steps =
            [
                new KeptStep { Name = "notify", Kind = BudgetStepKind.Notify, Mode = PolicyMode.Act, Phase = BudgetPhase.Active, AnnouncedAt = now.AddHours(-9), ActiveSince = now.AddHours(-9) },
                new KeptStep { Name = "nights", Kind = BudgetStepKind.OffHours, Mode = PolicyMode.Act, Phase = BudgetPhase.Active, AnnouncedAt = now.AddHours(-4), ActiveSince = now.AddHours(-3) },
                new KeptStep { Name = "lower", Kind = BudgetStepKind.LowerMaximum, Mode = PolicyMode.Act, Phase = BudgetPhase.Announced, AnnouncedAt = now.AddMinutes(-10) },
                new KeptStep { Name = "stop", Kind = BudgetStepKind.Stop, Mode = PolicyMode.Act, Phase = BudgetPhase.InGrace, AnnouncedAt = now.AddHours(-1), GraceSince = now.AddMinutes(-5) },
                new KeptStep { Name = "freezeScaleOut", RestsUntil = January.End, RestsBecause = "ann does not want it: the sale" },
            ],
        },
        Figures = new BudgetFigures(now, 12_000, "USD", 4_321.09m, 13_250.5m, 14_100, 0.83),
        Course = new SpendCourse(now, January.Start, [820.25m, 900, 1_100.84m, 1_300, 200], new DateOnly(2026, 1, 3)),
        Reach =
        [
            new StepReach("notify", 0, 0, 0, 0), new StepReach("nights", 310.4m, 0, 2, 0), new StepReach("lower", 120, 0, 2, 1), new StepReach("stop", 95.5m, 0, 1, 0), new StepReach("freezeScaleOut", 0, 2_400, 2, 0),
        ],
    };

    public static CostReport Report(DateTimeOffset now) => new()
    {
        Name = "production",
        Policy = "costs",
        Scope = "/subscriptions/00000000-0000-4000-8000-000000000001",
        Tags = "env: prod",
        From = January.Start,
        To = January.End,
        At = now,
        Currency = "USD",
        Basis = CostBasis.Negotiated,
        Billed = 2_821.09m,
        BilledThrough = new DateOnly(2026, 1, 3),
        Counted = 1_400,
        Extrapolated = 100,
        SoFar = 4_321.09m,
        Coverage = 0.83,
        EndP50 = 13_250.5m,
        EndP90 = 14_100,
        EndBy = "the same weekdays",
        AzureEndWhy = "the account may not read forecasts",
        PerHour = 61.4m,
        UsualPerHour = 37.5m,
        MostPerHour = 45,
        PriceBasis = PriceBasis.Retail,
        PricesAsOf = new DateOnly(2026, 1, 4),
        Resources = [],
        ResourceCount = 3,
        Uncounted = [new UncountedResource("/subscriptions/s/resourcegroups/shop/providers/microsoft.storage/storageaccounts/files", "its kind is not counted")],
        UncountedCount = 1,
    };

    public static SpendAnomaly Anomaly(DateTimeOffset now) => new(
        "production", now.AddHours(-2), 61.4m, 37.5m, 45, "USD", [new SpendCause(World.IdOf("web").Value.ToLowerInvariant(), 22.1m, "19 → 30 instances, by ScaleFunctions")]);

    public static SavingsStatement Saved(DateTimeOffset now) => SavingsStatement.Of(
        January, "USD",
        [
            new SavedAction(World.IdOf("web").Value.ToLowerInvariant(), 12, now.AddDays(-2), now.AddDays(-1), "10 → 6 × Standard_D4s_v5", 40.25m, SavingConfidence.Reconciled, ""),
            new SavedAction(World.IdOf("api").Value.ToLowerInvariant(), 3, now.AddDays(-1), now, "4 → 3 × Standard_D4s_v5", 2.5m, SavingConfidence.Estimated, "they were needed again"),
        ],
        now);

    /// <summary>Keeps all of it.</summary>
    public static async Task KeepAsync(World world, BudgetRecord record, CostReport? report = null, SpendAnomaly? anomaly = null)
    {
        var (cancellation, now) = (TestContext.Current.CancellationToken, world.Sandbox.Clock.GetUtcNow());
        var (_, version) = await world.Budgets.ReadAsync(Budget, cancellation);
        Assert.NotNull(await world.Budgets.WriteAsync(Budget, record, version, now, cancellation));
        await world.Costs.WriteAsync(report ?? Report(now), cancellation);
        await world.Savings.WriteAsync(Saved(now), cancellation);
        await world.Rows.ChangeFleetAsync(row => row with { SpendAnomalies = [anomaly ?? Anomaly(now)] }, cancellation);
    }
}
