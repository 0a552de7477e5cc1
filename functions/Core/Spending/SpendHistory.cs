using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Spending;

/// <summary>What a month's end is forecast from.</summary>
public sealed record SpendHistory
{
    /// <summary>Whole days before the present one, oldest first, none twice.</summary>
    public required IReadOnlyList<DaySpend> Days { get; init; }

    /// <summary>What was counted in whole hours, as it will be billed, oldest first.</summary>
    public required IReadOnlyList<LoadPoint> Hours { get; init; }

    /// <summary>What is not counted costs so much a day.</summary>
    public required decimal UncountedPerDay { get; init; }

    /// <summary>Spent in the period so far; below zero after a credit.</summary>
    public required decimal SoFar { get; init; }
}
