namespace ScaleFunctions.Core.SelfCosts;

/// <summary>What all workers used on one day, UTC.</summary>
/// <param name="First">Since when it was counted.</param>
/// <param name="Last">Until when.</param>
/// <param name="Counts">By kind; what is absent was not used.</param>
public sealed record UsageDay(DateTimeOffset First, DateTimeOffset Last, IReadOnlyDictionary<UsageKind, long> Counts)
{
    public TimeSpan Observed => Last - First;

    /// <summary>With what was used in another part of the day, or at the same time by another worker.</summary>
    public UsageDay With(UsageDay other) => new(
        First < other.First ? First : other.First,
        Last > other.Last ? Last : other.Last,
        Counts.Concat(other.Counts).GroupBy(each => each.Key, each => each.Value).ToDictionary(group => group.Key, group => group.Sum()));
}
