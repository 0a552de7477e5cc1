namespace ScaleFunctions.Core.Decisions;

/// <summary>
/// What a target remembers between evaluations: the stabilization window, recent changes and cooldowns.
/// It is read from, and written back to, the target's row, so it survives a restart.
/// </summary>
public sealed record TargetHistory
{
    public static TargetHistory Empty { get; } = new();

    /// <summary>Desired instances of earlier evaluations, oldest first. Each holds until the next, so repetitions are left out.</summary>
    public IReadOnlyList<PastDesire> Desires { get; init; } = [];

    /// <summary>Capacity changes of ours, oldest first.</summary>
    public IReadOnlyList<PastChange> Changes { get; init; } = [];

    /// <summary>The last evaluation at which the signal was present and above zero, when there was one.</summary>
    public DateTimeOffset? LastBusyAt { get; init; }

    public TargetHistory Add(PastChange change) => this with { Changes = [.. Changes, change] };

    /// <summary>A write that changed nothing starts no cooldown and uses up no rate.</summary>
    public TargetHistory Forget(DateTimeOffset? sentAt) =>
        this with { Changes = [.. Changes.Where(change => change.At != sentAt)] };

    /// <summary>Adds an evaluation and drops what no window reaches any more.</summary>
    /// <param name="desire">What was wanted, before stabilization.</param>
    /// <param name="isBusy">Whether a signal was present and above zero.</param>
    /// <param name="memory">How far back windows reach.</param>
    public TargetHistory Remember(PastDesire desire, bool isBusy, TimeSpan memory)
    {
        var start = desire.At - memory;
        var inForce = Desires.Count > 0 ? Desires.Last(past => past == Desires[0] || past.At <= start) : desire;
        var desires = Desires.Where(past => past.At >= inForce.At).ToList();
        if (desires.Count == 0 || desires[^1].Instances != desire.Instances)
        {
            desires.Add(desire);
        }

        return this with
        {
            Desires = desires,
            Changes = [.. Changes.Where(past => past.At > start)],
            LastBusyAt = isBusy ? desire.At : LastBusyAt,
        };
    }
}
