namespace ScaleFunctions.Core.Policies;

/// <summary>How fast a count may move in one direction.</summary>
public sealed record DirectionBehavior
{
    /// <summary>
    /// Scaling out when a policy does not say otherwise: at once, at most doubling or 4 more instances a minute, whichever is
    /// larger. Too few instances hurt users, and these are the HPA's numbers too.
    /// </summary>
    public static DirectionBehavior DefaultOut { get; } = new()
    {
        AtMost = new RateLimit { Percent = 100, Instances = 4 },
    };

    /// <summary>
    /// Scaling in when a policy does not say otherwise: after 5 quiet minutes, 5 minutes apart, at most 10 % or 2 instances
    /// a minute, whichever is larger. Too many instances only cost money for a while.
    /// </summary>
    public static DirectionBehavior DefaultIn { get; } = new()
    {
        Stabilization = TimeSpan.FromMinutes(5),
        Cooldown = TimeSpan.FromMinutes(5),
        AtMost = new RateLimit { Percent = 10, Instances = 2 },
    };

    /// <summary>Scale in: the highest desire of this window counts. Scale out: the lowest.</summary>
    public TimeSpan Stabilization { get; init; }

    /// <summary>Least time after a change before this direction moves again.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Largest change in a period; absent: no limit but the bounds.</summary>
    public RateLimit? AtMost { get; init; }
}
