using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>An action as the journal tells it.</summary>
/// <param name="Intent">What was written down.</param>
/// <param name="End">The case of its end; empty while it is open.</param>
internal sealed record IntentLife(Intent Intent, string End)
{
    /// <summary>Reads the actions of one chain, and complains when two are open at once, or one ends twice or never.</summary>
    public static IReadOnlyList<IntentLife> Read(IReadOnlyList<JournalEntry> entries, Action<string> complain)
    {
        var lives = new List<IntentLife>();
        foreach (var entry in entries)
        {
            var open = lives.Count > 0 && lives[^1].End.Length == 0 ? lives[^1] : null;
            switch (entry.Kind)
            {
                case JournalKind.IntentOpened:
                    var intent = entry.Facts.Deserialize(FactsJson.Default.DecisionFacts)!.Intent;
                    Require(open is null, entry, $"is opened while action {open?.Intent.Epoch} is open");
                    Require(intent.Epoch == lives.Count + 1, entry, $"has epoch {intent.Epoch} after {lives.Count} actions");
                    lives.Add(new IntentLife(intent, ""));
                    break;
                case JournalKind.IntentSent or JournalKind.IntentAccepted or JournalKind.IntentUnknown:
                    var phase = entry.Facts.Deserialize(FactsJson.Default.PhaseFacts)!;
                    Require(open?.Intent.Epoch == phase.Epoch, entry, $"tells of action {phase.Epoch}, open is {open?.Intent.Epoch}");
                    break;
                case JournalKind.IntentEnded:
                    var end = entry.Facts.Deserialize(FactsJson.Default.EndFacts)!;
                    Require(open?.Intent.Epoch == end.Epoch, entry, $"ends action {end.Epoch}, open is {open?.Intent.Epoch}");
                    if (open is not null)
                    {
                        lives[^1] = open with { End = end.End };
                    }

                    break;
                case JournalKind.Drift:
                    complain($"entry {entry.Sequence} of {entry.Chain} takes our own change for somebody else's: {entry.Text}");
                    break;
            }
        }

        if (lives.Count > 0 && lives[^1].End.Length == 0)
        {
            complain($"action {lives[^1].Intent.Epoch} of {entries[0].Chain} never ended");
        }

        return lives;

        void Require(bool holds, JournalEntry entry, string complaint)
        {
            if (!holds)
            {
                complain($"entry {entry.Sequence} ({entry.Kind}) of {entry.Chain} {complaint}");
            }
        }
    }
}
