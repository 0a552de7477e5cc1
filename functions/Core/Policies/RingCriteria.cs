namespace ScaleFunctions.Core.Policies;

/// <summary>When a set of policies does well for a ring. What was there before they got it does not count.</summary>
public sealed record RingCriteria
{
    /// <summary>Resources with an action by the set that failed for a reason that does not pass by itself.</summary>
    public RingLimit Failed { get; init; } = RingLimit.None;

    /// <summary>Resources on which what the set asked for did not come about, or had to be taken back.</summary>
    public RingLimit Breached { get; init; } = RingLimit.None;

    /// <summary>Resources that it cannot decide on for sure: a signal that cannot be read for minutes, several workloads that claim it.</summary>
    public RingLimit Doubtful { get; init; } = new(0.1, IsShare: true);

    /// <summary>Resources that came into quarantine.</summary>
    public RingLimit Quarantined { get; init; } = RingLimit.None;

    /// <summary>Actions by the set that must have ended before it counts for more; absent where a quiet ring will do.</summary>
    public int? MinimumActions { get; init; }
}
