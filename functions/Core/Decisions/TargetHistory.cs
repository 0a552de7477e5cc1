namespace ScaleFunctions.Core.Decisions;

/// <summary>
/// What a target remembers between evaluations: the stabilization window, recent changes and cooldowns.
/// It is read from, and written back to, the target's row, so it survives a restart.
/// </summary>
public sealed record TargetHistory
{
    public static TargetHistory Empty { get; } = new();

    /// <summary>Desired instances of earlier evaluations, oldest first, as far back as the longest window needs.</summary>
    public IReadOnlyList<PastDesire> Desires { get; init; } = [];

    /// <summary>Capacity changes of ours, oldest first, as far back as the longest rate period or cooldown needs.</summary>
    public IReadOnlyList<PastChange> Changes { get; init; } = [];

    /// <summary>The last evaluation at which the signal was present and above zero, when there was one.</summary>
    public DateTimeOffset? LastBusyAt { get; init; }
}
