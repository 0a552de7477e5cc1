using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>
/// Proves the chains of the journal: each by itself and against its row, and all of them against the ends that were last written down,
/// which shows a chain that was cut or taken away together with its row. Workers may go on meanwhile.
/// </summary>
internal static class JournalProof
{
    private const int Attempts = 3;

    /// <summary>What became of each chain, by its name.</summary>
    /// <param name="store">Rows and entries.</param>
    /// <param name="documents">Where the ends are written down.</param>
    /// <param name="chain">The chain that is asked for; all when absent.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<(string Chain, long Entries, string? Fault)>> OfAsync(
        IStateStore store, IDocumentStore documents, string? chain, CancellationToken cancellationToken)
    {
        var (ends, anchorFault) = await EndsAsync(store, documents, cancellationToken);
        var before = await ReadHeadsAsync(store, cancellationToken);
        var entries = (await store.ReadJournalAsync(new JournalQuery(chain, Limit: int.MaxValue), cancellationToken)).ToLookup(entry => entry.Chain);
        var after = await ReadHeadsAsync(store, cancellationToken);
        var known = ends.ToDictionary(end => end.Chain, StringComparer.Ordinal);
        return
        [
            .. after.Where(head => chain is null || head.Key == chain).Select(head => (head.Key, head.Value.Sequence, Fault(head.Key, head.Value))),
            .. ends.Where(end => (chain is null || end.Chain == chain) && !after.ContainsKey(end.Chain)).Select(end =>
                (end.Chain, end.Sequence, (string?)$"its row is missing{(entries[end.Chain].Any() ? "" : ", and so is the whole chain")}; it had come to entry {end.Sequence} when the ends were last written down")),
            .. entries.Where(left => !after.ContainsKey(left.Key) && !known.ContainsKey(left.Key)).Select(left =>
                (left.Key, (long)left.Count(), (string?)$"its row is missing, and {left.Count()} of its entries are there")),

            // Without the ends nothing is known of what was cut, whichever chain is asked for.
            .. anchorFault is null || chain is null or JournalEntry.FleetChain ? [] : new[] { (JournalEntry.FleetChain, after[JournalEntry.FleetChain].Sequence, (string?)anchorFault) },
        ];

        string? Fault(string name, JournalHead head)
        {
            var first = before.GetValueOrDefault(name, JournalHead.Empty);
            return JournalChain.FirstFault([.. entries[name].OrderBy(entry => entry.Sequence)], first, head)
                ?? (known.TryGetValue(name, out var end) ? ChainEnds.Fault(end, [.. entries[name], .. first.Outbox]) : null)
                ?? (name == JournalEntry.FleetChain ? anchorFault : null);
        }
    }

    /// <summary>The ends that were last written down, read before anything else: chains only grow. Another anchor may be taken meanwhile.</summary>
    private static async Task<(IReadOnlyList<ChainEnd> Ends, string? Fault)> EndsAsync(IStateStore store, IDocumentStore documents, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var latest = await JournalAnchors.LatestAsync(documents, cancellationToken);
            var anchor = (await store.ReadFleetAsync(cancellationToken)).Anchor;
            if (latest is not null && latest.Number > (anchor?.Number ?? 0))
            {
                return ([], $"the ends of all chains were written down {latest.Number} times, last at {latest.At:u}; the fleet's row knows of {anchor?.Number ?? 0}");
            }

            if (anchor is null)
            {
                return ([], null);
            }

            if (latest is null && anchor.Number > 1)
            {
                return ([], $"what tells of the last ends of chains is missing or cannot be read; the fleet's row knows of {anchor.Number}");
            }

            var ends = await JournalAnchors.ReadAsync(documents, anchor, cancellationToken);
            if (ends is not null || attempt == Attempts)
            {
                return (ends ?? [], ends is null ? $"the ends of chains that were written down at {anchor.At:u} were changed or are missing" : null);
            }
        }
    }

    private static async Task<Dictionary<string, JournalHead>> ReadHeadsAsync(IStateStore store, CancellationToken cancellationToken)
    {
        var heads = (await store.ReadTargetsAsync(cancellationToken)).ToDictionary(row => row.Target.Key, row => row.Journal);
        heads[JournalEntry.FleetChain] = (await store.ReadFleetAsync(cancellationToken)).Journal;
        return heads;
    }
}
