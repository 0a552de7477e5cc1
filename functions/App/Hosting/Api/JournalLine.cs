using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A journal entry without its facts, which can be long.</summary>
internal sealed record JournalLine(string Chain, long Sequence, DateTimeOffset At, JournalKind Kind, string Actor, string Text, string Hash)
{
    public static JournalLine Of(JournalEntry entry) =>
        new(entry.Chain, entry.Sequence, entry.At, entry.Kind, entry.Actor, entry.Text, entry.Hash);
}
