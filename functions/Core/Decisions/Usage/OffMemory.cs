namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>
/// What a target's row remembers of its off-hours: the edge it was put off by, and what it was before. It is stored together with the
/// action that lowers it, so that nothing is put off of which nobody would know how it comes back.
/// </summary>
/// <param name="Edge">The edge that put it off: what has an edge of its own is done once.</param>
/// <param name="Instances">How many there were.</param>
/// <param name="Size">Which size they had.</param>
/// <param name="Goal">How many are left.</param>
/// <param name="Since">When the edge was first seen.</param>
public sealed record OffMemory(DateTimeOffset Edge, int Instances, string Size, int Goal, DateTimeOffset Since)
{
    /// <summary>
    /// Whether we have asked for fewer; set by whoever does, in the write that stores the action. What was there before is fixed from
    /// then on, as long as any of it is missing.
    /// </summary>
    public bool IsLowered { get; init; }

    /// <summary>When no more than the goal was first seen.</summary>
    public DateTimeOffset? DownAt { get; init; }

    /// <summary>Whether the edge was seen too late, so that it is left out.</summary>
    public bool IsMissed { get; init; }

    /// <summary>Whether a person started it meanwhile, who is not disturbed until the next edge.</summary>
    public bool IsReleased { get; init; }

    /// <summary>When it must be back; absent when nothing says so.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When its return began.</summary>
    public DateTimeOffset? ReturningSince { get; init; }

    /// <summary>Whether it is back with another size, because Azure had none of its own: that it gets back after the next off-hours.</summary>
    public bool OwesSize { get; init; }

    /// <summary>
    /// The size it was asked to have meanwhile; absent where none was. Set by whoever asks, in the write that stores the action.
    /// </summary>
    public string? LowSize { get; init; }

    /// <summary>How often a size was asked for on its way back, each time the next of those that will do.</summary>
    public int Tries { get; init; }

    /// <summary>When that was last.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Whether it was put off because it was found idle, and not by the clock: then no clock brings it back.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Whether it was told that it is not off, or not back, in time.</summary>
    public bool IsLateTold { get; init; }
}
