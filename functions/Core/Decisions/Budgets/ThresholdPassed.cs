namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>That spend passed a threshold for the first time in the period.</summary>
/// <param name="Basis">What was passed by.</param>
/// <param name="Limit">In percent of the amount.</param>
/// <param name="Percent">What it is at.</param>
public sealed record ThresholdPassed(BudgetBasis Basis, double Limit, double Percent);
