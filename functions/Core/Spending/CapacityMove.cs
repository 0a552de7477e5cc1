using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.Spending;

/// <summary>A change of what there is of a resource, as its journal tells it.</summary>
/// <param name="At">When it was done, or seen.</param>
/// <param name="From">Instances before.</param>
/// <param name="To">Instances after.</param>
/// <param name="FromSku">Size before; empty where somebody else changed the count.</param>
/// <param name="ToSku">Size after.</param>
/// <param name="Epoch">Number of our action; absent where it was somebody else.</param>
public sealed record CapacityMove(DateTimeOffset At, int From, int To, string FromSku, string ToSku, long? Epoch)
{
    /// <summary>The changes that a chain tells, oldest first. Floors under Azure's own autoscale are none: it decides on the count.</summary>
    public static IReadOnlyList<CapacityMove> Of(IEnumerable<JournalEntry> entries)
    {
        var (intents, moves) = (new Dictionary<long, Intent>(), new List<CapacityMove>());
        foreach (var entry in entries.DistinctBy(entry => entry.Sequence).OrderBy(entry => entry.Sequence))
        {
            switch (entry.Kind)
            {
                case JournalKind.IntentOpened when entry.Facts.Deserialize(FactsJson.Default.DecisionFacts)?.Intent is { Setting: null, Upgrade: null } intent:
                    intents[intent.Epoch] = intent;
                    break;
                case JournalKind.IntentEnded when entry.Facts.Deserialize(FactsJson.Default.EndFacts) is { End: nameof(IntentEnd.Done) } end && intents.TryGetValue(end.Epoch, out var done):
                    var before = done.Instances ?? done.Base.Capacity;
                    moves.Add(new CapacityMove(entry.At, before, done.ChangesCount ? done.Goal : before, done.Base.Sku, done.Size ?? done.Base.Sku, done.Epoch));
                    break;
                case JournalKind.Drift when entry.Facts.Deserialize(FactsJson.Default.DriftFacts) is { Who: null } drift:
                    moves.Add(new CapacityMove(entry.At, drift.Expected, drift.Found, "", "", null));
                    break;
            }
        }

        return moves;
    }
}
