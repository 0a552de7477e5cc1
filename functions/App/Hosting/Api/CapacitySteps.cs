using System.Text.Json;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// The capacity asked for over time, put together from the journal: each value holds until the next. A floor under Azure's own
/// autoscale is none; what that makes of it is known of the last look only.
/// </summary>
internal static class CapacitySteps
{
    /// <summary>Steps from a time on.</summary>
    /// <param name="row">The target's row: the capacity known last.</param>
    /// <param name="journal">The target's entries, newest first.</param>
    /// <param name="from">The first time wanted.</param>
    public static IReadOnlyList<CapacityStep> Of(TargetRow row, IReadOnlyList<JournalEntry> journal, DateTimeOffset from)
    {
        // An action is counted where Azure took it. When no answer came, its end is the first that is known.
        var steps = new List<CapacityStep>();
        var before = new List<int>();
        var counted = new HashSet<long>();
        foreach (var entry in journal.Reverse().Where(entry => entry.At >= from))
        {
            switch (entry.Kind)
            {
                case JournalKind.IntentAccepted when entry.Facts.Deserialize(FactsJson.Default.PhaseFacts) is { Setting: null } phase:
                    counted.Add(phase.Epoch);
                    Add(entry.At, phase.From, phase.Goal);
                    break;
                case JournalKind.IntentEnded when entry.Facts.Deserialize(FactsJson.Default.EndFacts) is { End: "Done", Setting: null } end && counted.Add(end.Epoch):
                    Add(entry.At, end.From, end.Goal);
                    break;
                case JournalKind.Drift when entry.Facts.Deserialize(FactsJson.Default.DriftFacts) is { Who: null } drift:
                    Add(entry.At, drift.Expected, drift.Found);
                    break;
            }
        }

        if (row.LastKnownCapacity is { } known && row.LastKnownAt is { } at && (steps.Count == 0 || steps[^1].Count != known))
        {
            Add(at, known, known);
        }

        // What it was at the beginning of the span is told by the first change in it, as far back as anything was decided.
        if (before.Count > 0 && FirstLook(row, journal) is { } first && first < steps[0].At)
        {
            steps.Insert(0, new CapacityStep(first > from ? first : from, before[0]));
        }

        return steps;

        void Add(DateTimeOffset when, int was, int count)
        {
            steps.Add(new CapacityStep(when, count));
            before.Add(was);
        }
    }

    private static DateTimeOffset? FirstLook(TargetRow row, IReadOnlyList<JournalEntry> journal) => journal
        .Where(entry => entry.Kind == JournalKind.Spans)
        .SelectMany(entry => entry.Facts.Deserialize(FactsJson.Default.SpanFacts)!.Spans)
        .Concat(row.Spans)
        .Select(span => (DateTimeOffset?)span.From)
        .Min();
}
