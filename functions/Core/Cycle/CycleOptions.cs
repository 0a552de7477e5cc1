using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How the cycle runs here.</summary>
public sealed record CycleOptions
{
    /// <summary>Name of this worker: the actor in the journal.</summary>
    public required string Worker { get; init; }

    /// <summary>What the installation allows at most. A new one observes.</summary>
    public PolicyMode ModeCeiling { get; init; } = PolicyMode.Observe;

    /// <summary>Time between ticks, the longest there is between two. A plan lives for two of them.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);
}
