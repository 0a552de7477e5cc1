namespace ScaleFunctions.Core.Costs;

/// <summary>The time that a budget is for. Azure bills by days of UTC, so that its edges are midnights of UTC.</summary>
/// <param name="Start">First day.</param>
/// <param name="End">The day after the last one; later than <paramref name="Start"/>.</param>
public readonly record struct SpendPeriod(DateOnly Start, DateOnly End);
