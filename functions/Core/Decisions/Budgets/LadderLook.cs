using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>All that a look at a budget depends on.</summary>
public sealed record LadderLook
{
    public required BudgetAlertsPolicy Policy { get; init; }

    public required KeptLadder Kept { get; init; }

    public required BudgetJudgement Judgement { get; init; }

    /// <summary>The period that runs.</summary>
    public required SpendPeriod Period { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What people said since the last look.</summary>
    public IReadOnlyList<StepAnswer> Answers { get; init; } = [];
}
