using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>A budget of 1,000 EUR a month for the subscription s-1, and what is spent of it.</summary>
internal static class SomeBudget
{
    public const string Plan = "Microsoft.Web/serverfarms";

    public const string AzureId = "/subscriptions/s-1/providers/microsoft.consumption/budgets/shop";

    public static readonly SpendPeriod March = new(new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1));

    public static readonly BudgetUndo Undo = new(95, TimeSpan.FromHours(6), 0.25, TimeSpan.FromMinutes(30));

    /// <summary>All sets of the estate.</summary>
    public static readonly TargetSelector Everything = new() { ResourceType = Some.ScaleSet };

    public static readonly BudgetStep Notify = new() { Name = "notify", Kind = BudgetStepKind.Notify, When = new BudgetTrigger(null, 90) };

    public static readonly BudgetStep Lower = new()
    {
        Name = "lowerMaximum",
        Kind = BudgetStepKind.LowerMaximum,
        When = new BudgetTrigger(null, 100),
        Select = Everything,
        Notice = TimeSpan.FromHours(1),
        Maximum = 4,
    };

    public static readonly BudgetStep Stop = new()
    {
        Name = "stop",
        Kind = BudgetStepKind.Stop,
        When = new BudgetTrigger(null, 110),
        Select = Everything,
        Notice = TimeSpan.FromHours(2),
        Grace = TimeSpan.FromHours(1),
    };

    /// <summary>All plans of the estate.</summary>
    public static readonly BudgetStep Cheaper = new()
    {
        Name = "cheaperSize",
        Kind = BudgetStepKind.CheaperSize,
        When = new BudgetTrigger(null, 112),
        Select = new TargetSelector { ResourceType = Plan },
    };

    public static readonly BudgetStep Freeze = new()
    {
        Name = "freezeScaleOut",
        Kind = BudgetStepKind.FreezeScaleOut,
        When = new BudgetTrigger(100, null),
        Select = Everything,
    };

    public static BudgetAlertsPolicy Policy(params BudgetStep[] ladder) => new()
    {
        Name = "team",
        Scope = "/subscriptions/s-1",
        Amount = 1_000,
        Currency = "EUR",
        Mode = PolicyMode.Act,
        Ladder = ladder,
        Undo = Undo,
        Source = Some.Source,
    };

    public static BudgetJudgement.Judged Judged(decimal spent, decimal expected, double coverage = 0.9) => new(1_000, spent, expected, expected * 1.1m, coverage);

    public static SpendReading.Known Spend(decimal soFar, decimal expected, double coverage = 0.9, string currency = "EUR") => new()
    {
        Currency = currency,
        Billed = soFar / 2,
        Counted = soFar / 2,
        Extrapolated = 0,
        Coverage = coverage,
        EndP50 = expected,
        EndP90 = expected * 1.1m,
    };

    public static TargetTags Tags(params (string Name, string Value)[] tags) => new TargetTags.Known(tags.ToDictionary(tag => tag.Name, tag => tag.Value));

    public static BudgetStanding Standing(BudgetPhase phase, params BudgetStep[] ladder) => new(
        Policy(ladder), KeptLadder.New with { Period = March, Steps = [.. ladder.Select(step => new KeptStep { Name = step.Name, Phase = phase, Kind = step.Kind, Mode = PolicyMode.Act })] });
}
