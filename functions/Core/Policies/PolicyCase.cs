using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>One case: a target as it is, what is seen, what must come of it.</summary>
public sealed record PolicyCase
{
    public required string Name { get; init; }

    /// <summary>The target as the inventory would show it.</summary>
    public required ObservedTarget Target { get; init; }

    /// <summary>When it is decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long the signals have been as they are; it is evaluated once a minute all the while.</summary>
    public TimeSpan For { get; init; }

    /// <summary>What each signal says; what is not named cannot be read.</summary>
    public required IReadOnlyDictionary<string, GivenSignal> Signals { get; init; }

    /// <summary>Changes made before, by how long ago.</summary>
    public IReadOnlyList<GivenChange> Changes { get; init; } = [];

    public bool IsPaused { get; init; }

    public required PolicyExpectation Then { get; init; }

    public required PolicySource Source { get; init; }
}
