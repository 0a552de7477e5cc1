using System.Security.Cryptography;
using System.Text.Json;

namespace ScaleFunctions.Core.Journal;

/// <summary>Adds entries to a chain and proves that none was changed, dropped or inserted.</summary>
public static class JournalChain
{
    /// <summary>The head after one more entry, which waits in its outbox.</summary>
    public static JournalHead Append(
        JournalHead head, string chain, DateTimeOffset at, JournalKind kind, string actor, string text, JsonElement facts)
    {
        var entry = new JournalEntry
        {
            Chain = chain,
            Sequence = head.Sequence + 1,
            At = at,
            Kind = kind,
            Actor = actor,
            Text = text,
            Facts = facts,
            PreviousHash = head.Hash,
            Hash = "",
        };
        entry = entry with { Hash = HashOf(entry) };
        return new JournalHead { Sequence = entry.Sequence, Hash = entry.Hash, Outbox = [.. head.Outbox, entry] };
    }

    /// <summary>The first thing wrong with a chain, told in a sentence; nothing when it is whole.</summary>
    /// <param name="entries">All entries of one chain, oldest first.</param>
    /// <param name="head">The chain's end as its row has it, when known: shows missing entries at the end.</param>
    public static string? FirstFault(IReadOnlyList<JournalEntry> entries, JournalHead? head = null)
    {
        var (sequence, hash) = (0L, "");
        foreach (var entry in entries)
        {
            if (entry.Sequence != sequence + 1)
            {
                return $"entry {sequence + 1} of {entry.Chain} is missing";
            }

            if (entry.PreviousHash != hash || entry.Hash != HashOf(entry))
            {
                return $"entry {entry.Sequence} of {entry.Chain} was changed";
            }

            (sequence, hash) = (entry.Sequence, entry.Hash);
        }

        return head is not null && (head.Sequence != sequence || head.Hash != hash)
            ? $"the chain ends at entry {sequence}, its row says {head.Sequence}"
            : null;
    }

    /// <summary>The same of a chain that may have grown while it was read: its row is read first, then its entries, then its row again.</summary>
    /// <remarks>
    /// What the first row counts is in its outbox or was in the journal before. What came since is linked to it, and counted by
    /// the second. Read the other way round, an entry that goes from the outbox into the journal in between is in neither.
    /// </remarks>
    /// <param name="written">The entries in the journal, oldest first.</param>
    /// <param name="before">The chain's end before they were read.</param>
    /// <param name="after">The chain's end after that.</param>
    public static string? FirstFault(IReadOnlyList<JournalEntry> written, JournalHead before, JournalHead after)
    {
        var counted = written.Where(entry => entry.Sequence <= before.Sequence).ToList();
        var last = counted.Count == 0 ? 0 : counted[^1].Sequence;
        return FirstFault([.. counted, .. before.Outbox.Where(entry => entry.Sequence > last)], before)
            ?? FirstFault(written)
            ?? (written.Count > 0 && written[^1].Sequence > after.Sequence
                ? $"the chain goes on to entry {written[^1].Sequence}, its row says {after.Sequence}"
                : null);
    }

    private static string HashOf(JournalEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(entry.Chain);
            writer.WriteNumberValue(entry.Sequence);
            writer.WriteNumberValue(entry.At.UtcTicks);
            writer.WriteStringValue(entry.Kind.ToString());
            writer.WriteStringValue(entry.Actor);
            writer.WriteStringValue(entry.Text);
            entry.Facts.WriteTo(writer);
            writer.WriteStringValue(entry.PreviousHash);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
