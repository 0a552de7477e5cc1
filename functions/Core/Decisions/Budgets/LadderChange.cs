namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>That a step moved.</summary>
/// <param name="Step">Its name.</param>
/// <param name="From">How far it was.</param>
/// <param name="To">How far it is.</param>
/// <param name="Reason">Why.</param>
/// <param name="ActsAt">When it acts, where it is announced; it may need a person's yes besides.</param>
public sealed record LadderChange(string Step, BudgetPhase From, BudgetPhase To, LadderReason Reason, DateTimeOffset? ActsAt = null);
