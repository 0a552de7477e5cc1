namespace ScaleFunctions.Core.State;

/// <summary>How the resources of a ring, and of those before it, stood when they were last looked at.</summary>
/// <param name="At">When that was.</param>
/// <param name="Members">Resources that are governed by the changed set or the one before it.</param>
/// <param name="Decided">Of these, those that the changed set decides on.</param>
/// <param name="Evaluated">Of these, those that it has decided on at least once since the ring got it, and that are not in doubt since some minutes.</param>
/// <param name="Actions">Actions by it that have ended.</param>
/// <param name="Failed">Resources with one that failed.</param>
/// <param name="Breached">Resources on which what was asked for did not come about, or had to be taken back.</param>
/// <param name="Doubtful">Resources that it cannot decide on for sure.</param>
/// <param name="Quarantined">Resources that came into quarantine.</param>
public sealed record RingCount(
    DateTimeOffset At, int Members, int Decided, int Evaluated, int Actions, int Failed, int Breached, int Doubtful, int Quarantined)
{
    /// <summary>Some of those that are in trouble, for people.</summary>
    public string Which { get; init; } = "";

    /// <summary>Whether the changed set decided on one of them lately, so that time counts.</summary>
    public bool IsAlive { get; init; }

    /// <summary>Whether there may be more of them than could be seen.</summary>
    public bool IsPartial { get; init; }
}
