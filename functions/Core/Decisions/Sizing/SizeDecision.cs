namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>Which size a target's instances shall have, and why.</summary>
/// <param name="Current">The size they have.</param>
/// <param name="Desired">The size that is wanted; the same when nothing is to change.</param>
/// <param name="Reason">Why.</param>
public sealed record SizeDecision(string Current, string Desired, SizeReason Reason)
{
    /// <summary>How many instances there must be before the size changes; absent where the count stays as it is.</summary>
    public int? Instances { get; init; }

    /// <summary>Why it is one step and not what size and count together should be; empty where that was not asked.</summary>
    public string Fallback { get; init; } = "";

    public bool IsChange => !string.Equals(Current, Desired, StringComparison.OrdinalIgnoreCase);
}
