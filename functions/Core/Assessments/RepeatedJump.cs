namespace ScaleFunctions.Core.Assessments;

/// <summary>A count that a resource jumped to again and again, as one does that a pipeline sets back.</summary>
/// <param name="To">The count.</param>
/// <param name="Times">How often.</param>
/// <param name="From">From which counts, the last ones, in the order of time.</param>
/// <param name="Last">When for the last time.</param>
public sealed record RepeatedJump(int To, int Times, IReadOnlyList<int> From, DateTimeOffset Last)
{
    /// <summary>When: each is the begin of the first value with the new count.</summary>
    public IReadOnlyList<DateTimeOffset> At { get; init; } = [];

    public bool Equals(RepeatedJump? other) => other is not null && (To, Times, Last) == (other.To, other.Times, other.Last) && From.SequenceEqual(other.From);

    public override int GetHashCode() => HashCode.Combine(To, Times, Last);
}
