using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.Cycle;

/// <summary>One action as the journal of its target tells it, and what came after.</summary>
/// <param name="Intent">As it was written down; the state before is its base.</param>
/// <param name="End">The case of its end, such as <c>Done</c>; absent as long as it is open.</param>
/// <param name="Later">Actions opened since, oldest first.</param>
/// <param name="Drift">What somebody else changed since, in a sentence; absent when nobody did.</param>
internal sealed record PastAction(Intent Intent, string? End, IReadOnlyList<PastAction> Later, string? Drift)
{
    private static readonly string[] WithoutEffect =
        [nameof(IntentEnd.NotSent), nameof(IntentEnd.Rejected), nameof(IntentEnd.Stale), nameof(IntentEnd.NotLanded), nameof(IntentEnd.Gone)];

    /// <summary>Whether it ended, and changed nothing in Azure.</summary>
    public bool IsWithoutEffect => End is not null && WithoutEffect.Contains(End);

    /// <summary>Finds an action among a target's entries; nothing when they do not tell how it began.</summary>
    /// <param name="entries">Of one chain, in any order.</param>
    /// <param name="epoch">Its number.</param>
    public static PastAction? Find(IEnumerable<JournalEntry> entries, long epoch)
    {
        var intents = new SortedDictionary<long, Intent>();
        var ends = new Dictionary<long, string>();
        var drift = new Dictionary<long, string>();
        var latest = 0L;
        foreach (var entry in entries.DistinctBy(entry => entry.Sequence).OrderBy(entry => entry.Sequence))
        {
            switch (entry.Kind)
            {
                case JournalKind.IntentOpened:
                    var intent = entry.Facts.Deserialize(FactsJson.Default.DecisionFacts)!.Intent;
                    intents[latest = intent.Epoch] = intent;
                    break;
                case JournalKind.IntentEnded:
                    var end = entry.Facts.Deserialize(FactsJson.Default.EndFacts)!;
                    ends[end.Epoch] = end.End;
                    break;
                // Who made a change is told later, and is no other change.
                case JournalKind.Drift when entry.Facts.Deserialize(FactsJson.Default.DriftFacts) is { Who: null }:
                    drift[latest] = entry.Text;
                    break;
            }
        }

        return intents.TryGetValue(epoch, out var wanted)
            ? Of(wanted) with
            {
                Later = [.. intents.Values.Where(each => each.Epoch > epoch).Select(Of)],
                Drift = drift.Where(each => each.Key >= epoch).OrderBy(each => each.Key).Select(each => each.Value).LastOrDefault(),
            }
            : null;

        PastAction Of(Intent each) => new(each, ends.GetValueOrDefault(each.Epoch), [], null);
    }
}
