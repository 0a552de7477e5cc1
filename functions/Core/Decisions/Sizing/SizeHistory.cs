namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>What a target remembers of its sizes.</summary>
public sealed record SizeHistory
{
    /// <summary>Changes kept: of more nobody asks, and a size changes once a day at most.</summary>
    private const int Kept = 20;

    public static SizeHistory Empty { get; } = new();

    /// <summary>Changes of ours, oldest first.</summary>
    public IReadOnlyList<PastSize> Changes { get => field ?? []; init; } = [];

    public IReadOnlyList<SizeQuarantine> Quarantines { get => field ?? []; init; } = [];

    /// <summary>Absent before the first look.</summary>
    public SeenSize? Seen { get; init; }

    /// <summary>Notes the size there is, whoever gave it.</summary>
    public SizeHistory See(string size, DateTimeOffset now) => Seen is { } seen && Is(seen.Size, size)
        ? this
        : this with { Seen = new SeenSize(size, Seen is null ? DateTimeOffset.MinValue : now) };

    public SizeHistory Add(PastSize change) => this with { Changes = [.. Changes.Append(change).TakeLast(Kept)] };

    /// <summary>A write that changed nothing is no change.</summary>
    public SizeHistory Forget(DateTimeOffset? sentAt) => this with { Changes = [.. Changes.Where(change => change.At != sentAt)] };

    public SizeQuarantine? Of(string size) => Quarantines.FirstOrDefault(each => Is(each.Size, size));

    public SizeHistory Shun(string size, string why, DateTimeOffset now) => this with
    {
        Quarantines = [.. Quarantines.Where(each => !Is(each.Size, size)), SizeQuarantine.After(Of(size), size, why, now)],
    };

    /// <summary>A size that did well is trusted again.</summary>
    public SizeHistory Trust(string size) => this with { Quarantines = [.. Quarantines.Where(each => !Is(each.Size, size))] };

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
