namespace ScaleFunctions.Core.Policies;

/// <summary>From when on a step is wanted: either is enough.</summary>
/// <param name="Actual">What is spent, in percent of the amount; absent when that does not count.</param>
/// <param name="Forecast">What the whole period is expected to cost, in percent of the amount; absent when that does not count.</param>
public sealed record BudgetTrigger(double? Actual, double? Forecast);
