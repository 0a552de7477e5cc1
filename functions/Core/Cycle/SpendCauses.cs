using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Finds in the journal why a resource costs more than usual: our own action, or what somebody else changed, and who that was.</summary>
public sealed class SpendCauses(IStateStore store)
{
    /// <summary>A change longer ago made earlier hours cost more too.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);

    private const int Most = 3;

    private const int MostEntries = 100;

    /// <summary>The causes of the largest amounts.</summary>
    /// <param name="more">By resource, most first.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<SpendCause>> FindAsync(IReadOnlyList<KeyValuePair<string, decimal>> more, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var causes = new List<SpendCause>();
        foreach (var (resource, perHour) in more.Take(Most))
        {
            var entries = await store.ReadJournalAsync(new JournalQuery(resource, now - LookBack, MostEntries), cancellationToken).ConfigureAwait(false);
            causes.Add(new SpendCause(resource, decimal.Round(perHour, 4), Tell(entries)));
        }

        return causes;
    }

    /// <summary>The latest raise. Who drifted is told by a later entry of its own.</summary>
    private static string Tell(IReadOnlyList<JournalEntry> entries)
    {
        string? who = null;
        foreach (var entry in entries.OrderByDescending(entry => entry.Sequence))
        {
            switch (entry.Kind)
            {
                case JournalKind.Drift when entry.Facts.Deserialize(FactsJson.Default.DriftFacts) is { } drift:
                    if (drift.Who is not null)
                    {
                        who = drift.Who;
                    }
                    else if (drift.Found > drift.Expected)
                    {
                        return $"{entry.Text} ({At(entry)}){(who is { Length: > 0 } ? $", {who}" : "; by whom is not known")}";
                    }
                    else
                    {
                        who = null;
                    }

                    break;
                case JournalKind.IntentOpened when entry.Facts.Deserialize(FactsJson.Default.DecisionFacts) is { Intent: { Undoes: null } intent } && (intent.Size is not null || intent.AddsInstances()):
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"our own action of {At(entry)}, {intent.Instances ?? intent.Base.Capacity} × {intent.Base.Sku} to {(intent.Size is { } size ? $"size {size}" : $"{intent.Goal}")}: {intent.Cause}");
            }
        }

        return "no change of the last 24 h is known";
    }

    private static string At(JournalEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.At.UtcDateTime:HH:mm} UTC");
}
