namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>Which size a target's instances shall have, and why.</summary>
/// <param name="Current">The size they have.</param>
/// <param name="Desired">The size that is wanted; the same when nothing is to change.</param>
/// <param name="Reason">Why.</param>
public sealed record SizeDecision(string Current, string Desired, SizeReason Reason)
{
    public bool IsChange => !string.Equals(Current, Desired, StringComparison.OrdinalIgnoreCase);
}
