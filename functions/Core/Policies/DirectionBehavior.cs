namespace ScaleFunctions.Core.Policies;

/// <summary>How fast a count may move in one direction.</summary>
public sealed record DirectionBehavior
{
    /// <summary>Scale in: the highest desire of this window counts. Scale out: the lowest.</summary>
    public TimeSpan Stabilization { get; init; }

    /// <summary>Least time after a change before this direction moves again.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Largest change in a period; absent: no limit but the bounds.</summary>
    public RateLimit? AtMost { get; init; }
}
