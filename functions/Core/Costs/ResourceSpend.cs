using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Costs;

/// <summary>What was counted of a resource on a day.</summary>
public sealed record ResourceSpend
{
    public const int HoursOfDay = 24;

    /// <summary>Id in lower case.</summary>
    public required string Resource { get; init; }

    /// <summary>What it was last seen to be, perhaps on an earlier day.</summary>
    public required SpendSighting Last { get; init; }

    public required TargetTags Tags { get; init; }

    /// <summary>Instances × price, by the hours of UTC; in the currency of the day.</summary>
    public required IReadOnlyList<decimal> Hours { get; init; }

    /// <summary>Time of the day of which count and price are known.</summary>
    public TimeSpan Covered { get; init; }

    /// <summary>Time of the day of which the price, or for too long the count, is not known. It costs something, and nothing is counted for it.</summary>
    public TimeSpan Uncovered { get; init; }

    /// <summary>Instances × time, where the count is known: two instances for an hour are two hours.</summary>
    public TimeSpan InstanceTime { get; init; }

    public decimal Amount => Hours.Sum();

    /// <summary>A row on which nothing is counted yet.</summary>
    public static ResourceSpend Begin(string resource, SpendSighting last, TargetTags tags) =>
        new() { Resource = resource, Last = last, Tags = tags, Hours = new decimal[HoursOfDay] };
}
