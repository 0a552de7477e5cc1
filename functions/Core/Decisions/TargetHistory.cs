using ScaleFunctions.Core.Signals;

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

    /// <summary>By signal: the last evaluation at which it was above zero, as long as that makes a zero suspicious.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastBusyAt { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>By signal that cannot be read: the first evaluation in a row at which it could not.</summary>
    /// <remarks>A row that an earlier version wrote has none.</remarks>
    public IReadOnlyDictionary<string, DateTimeOffset> UnreadableSince { get => field ?? NeverUnreadable; init; } = NeverUnreadable;

    private static readonly Dictionary<string, DateTimeOffset> NeverUnreadable = [];

    public TargetHistory Add(PastChange change) => this with { Changes = [.. Changes, change] };

    /// <summary>A write that changed nothing starts no cooldown and uses up no rate.</summary>
    public TargetHistory Forget(DateTimeOffset? sentAt) =>
        this with { Changes = [.. Changes.Where(change => change.At != sentAt)] };

    /// <summary>Adds an evaluation and drops what no window reaches any more.</summary>
    /// <param name="desire">What was wanted, before stabilization.</param>
    /// <param name="busy">The signals that were above zero.</param>
    /// <param name="memory">How far back windows reach.</param>
    /// <param name="changesMemory">How far back changes are counted, where that is longer.</param>
    public TargetHistory Remember(PastDesire desire, IReadOnlyList<string> busy, TimeSpan memory, TimeSpan changesMemory = default)
    {
        var changesStart = desire.At - (changesMemory > memory ? changesMemory : memory);
        return this with
        {
            Desires = After(desire, desire.At - memory),
            Changes = Since(changesStart),
            LastBusyAt = Busy(busy, desire.At),
        };
    }

    /// <summary>The desires of a window, from the one that was in force when it began; nothing new is made when nothing changed.</summary>
    private IReadOnlyList<PastDesire> After(PastDesire desire, DateTimeOffset start)
    {
        var first = 0;
        for (var index = 1; index < Desires.Count; index++)
        {
            first = Desires[index].At <= start ? index : first;
        }

        var isRepeated = Desires.Count > 0 && Desires[^1].Instances == desire.Instances;
        return (first, isRepeated) switch
        {
            (0, true) => Desires,
            (_, true) => [.. Desires.Skip(first)],
            _ => [.. Desires.Skip(first), desire],
        };
    }

    private IReadOnlyList<PastChange> Since(DateTimeOffset start)
    {
        for (var index = 0; index < Changes.Count; index++)
        {
            if (Changes[index].At <= start)
            {
                return [.. Changes.Where(past => past.At > start)];
            }
        }

        return Changes;
    }

    private Dictionary<string, DateTimeOffset> Busy(IReadOnlyList<string> busy, DateTimeOffset now)
    {
        var lastBusyAt = new Dictionary<string, DateTimeOffset>(busy.Count);
        foreach (var past in LastBusyAt)
        {
            if (now - past.Value < SignalReader.ZeroDoubt)
            {
                lastBusyAt[past.Key] = past.Value;
            }
        }

        foreach (var signal in busy)
        {
            lastBusyAt[signal] = now;
        }

        return lastBusyAt;
    }

    /// <summary>Notes which signals cannot be read now, and since when each could not.</summary>
    public TargetHistory RememberUnreadable(IReadOnlyList<string> signals, DateTimeOffset now) => signals.Count + UnreadableSince.Count == 0 ? this : this with
    {
        UnreadableSince = signals.Distinct().ToDictionary(
            signal => signal, signal => UnreadableSince.TryGetValue(signal, out var since) && since <= now ? since : now),
    };
}
