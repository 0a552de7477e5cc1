namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>What off-hours took away, or gave back.</summary>
/// <param name="Edge">The edge that put it off; absent when nothing is remembered.</param>
/// <param name="Instances">How many there were before.</param>
/// <param name="Size">Which size they had.</param>
/// <param name="ReadyAt">When it must be back.</param>
/// <param name="IsAlarm">Whether a person has to look.</param>
public sealed record OffFacts(DateTimeOffset? Edge, int? Instances, string? Size, DateTimeOffset? ReadyAt, bool IsAlarm)
{
    /// <summary>Instance-hours that were not needed, once that is over.</summary>
    public double? SavedHours { get; init; }

    /// <summary>Since when they were not.</summary>
    public DateTimeOffset? DownSince { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? DownUntil { get; init; }
}
