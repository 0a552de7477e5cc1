namespace ScaleFunctions.Core.Notifications;

/// <summary>What an owner was told, and what waits to be.</summary>
public sealed record AlertLedger
{
    public static AlertLedger New { get; } = new();

    /// <summary>Facts that were told or wait, and when each was met last, to a day.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Known { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>When messages were sent in the last hour.</summary>
    public IReadOnlyList<DateTimeOffset> Sent { get; init; } = [];

    /// <summary>Alerts that wait for a digest.</summary>
    public IReadOnlyList<HeldAlert> Held { get; init; } = [];

    /// <summary>Alerts that wait beyond what a digest holds.</summary>
    public int LeftOut { get; init; }
}
