namespace ScaleFunctions.Core.Journal;

/// <summary>
/// The end of a chain, kept in the row the chain belongs to. Entries wait in <see cref="Outbox"/> until they are
/// known to be in the journal, so that one conditional write of the row decides both the state and what is told of it.
/// </summary>
public sealed record JournalHead
{
    public static JournalHead Empty { get; } = new();

    /// <summary>Number of the last entry; 0 when there is none.</summary>
    public long Sequence { get; init; }

    /// <summary>Hash of the last entry; empty when there is none.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Entries not yet known to be in the journal, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Outbox { get => field ?? []; init; } = [];
}
