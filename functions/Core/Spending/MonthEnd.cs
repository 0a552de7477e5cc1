namespace ScaleFunctions.Core.Spending;

/// <summary>What a period is likely to have cost at its end.</summary>
/// <param name="P50">As likely passed as not.</param>
/// <param name="P90">Passed once in ten times; never below <paramref name="P50"/>.</param>
/// <param name="By">What it was forecast by, for people.</param>
public sealed record MonthEnd(decimal P50, decimal P90, string By);
