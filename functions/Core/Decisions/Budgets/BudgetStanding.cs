using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>A policy with what is remembered of its ladder.</summary>
public sealed record BudgetStanding(BudgetAlertsPolicy Policy, KeptLadder Kept);
