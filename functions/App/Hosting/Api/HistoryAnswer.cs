using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What was done to one target and what was decided on it.</summary>
/// <param name="Id">The target.</param>
/// <param name="Actions">Newest first.</param>
/// <param name="Decisions">Newest first, grouped with equal ones before them.</param>
internal sealed record HistoryAnswer(string Id, IReadOnlyList<ActionView> Actions, IReadOnlyList<DecisionSpan> Decisions)
{
    /// <summary>More than a page shows, and few enough to be sent at once.</summary>
    private const int Most = 100;

    /// <summary>Gathers a target's history.</summary>
    /// <param name="row">The target's row, which has the latest decisions.</param>
    /// <param name="journal">The target's entries, newest first.</param>
    public static HistoryAnswer Of(TargetRow row, IReadOnlyList<JournalEntry> journal)
    {
        var spans = journal
            .Where(entry => entry.Kind == JournalKind.Spans)
            .SelectMany(entry => Facts(entry, FactsJson.Default.SpanFacts).Spans)
            .Concat(row.Spans)
            .DistinctBy(span => span.From)
            .OrderByDescending(span => span.From)
            .Take(Most);
        return new HistoryAnswer(row.Target.Value, [.. Gather(row.Target.Name, journal).OrderByDescending(action => action.Epoch).Take(Most)], [.. spans]);
    }

    /// <summary>Actions whose opening is among the entries; what only its end is known of is left out.</summary>
    private static IEnumerable<ActionView> Gather(string target, IReadOnlyList<JournalEntry> journal)
    {
        var actions = new Dictionary<long, ActionView>();
        foreach (var entry in journal.Reverse())
        {
            switch (entry.Kind)
            {
                case JournalKind.IntentOpened:
                    var intent = Facts(entry, FactsJson.Default.DecisionFacts).Intent;
                    actions[intent.Epoch] = new ActionView
                    {
                        Id = $"{new ActionId(target, intent.Epoch)}",
                        Epoch = intent.Epoch,
                        Undoes = intent.Undoes?.Epoch,
                        At = entry.At,
                        From = intent.Base.Capacity,
                        Goal = intent.Goal,
                        Actor = entry.Actor,
                        Cause = intent.Cause,
                    };
                    break;
                case JournalKind.IntentAccepted:
                    Add(Facts(entry, FactsJson.Default.PhaseFacts).Epoch, action => action with { AcceptedAt = entry.At });
                    break;
                case JournalKind.IntentEnded:
                    var end = Facts(entry, FactsJson.Default.EndFacts);
                    Add(end.Epoch, action => action with { End = end.End, EndText = entry.Text, EndedAt = entry.At });
                    break;
                case JournalKind.CheckEnded:
                    var check = Facts(entry, FactsJson.Default.EndFacts);
                    Add(check.Epoch, action => action with { Check = check.End, CheckText = entry.Text, CheckedAt = entry.At });
                    break;
            }
        }

        return actions.Values;

        void Add(long epoch, Func<ActionView, ActionView> change)
        {
            if (actions.TryGetValue(epoch, out var action))
            {
                actions[epoch] = change(action);
            }
        }
    }

    private static TFacts Facts<TFacts>(JournalEntry entry, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TFacts> json) =>
        entry.Facts.Deserialize(json)!;
}
