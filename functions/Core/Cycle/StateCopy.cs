using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Copies a state from one store into another, empty one. Workers may go on with the first meanwhile.</summary>
/// <remarks>
/// There is no one moment over many rows, and none is needed: each chain of the journal is copied up to where its row is, and the
/// ends that prove the chains are older than all rows.
/// </remarks>
public sealed class StateCopy(IStateStore from, IDocumentStore documents, IDocumentListing listing, IChangeFeed feed)
{
    private const int Together = 100;

    /// <summary>Copies everything: the fleet's row first, so that a kill switch is there before anything that could be acted on.</summary>
    /// <param name="to">Where rows and entries go.</param>
    /// <param name="toDocuments">Where documents go.</param>
    /// <param name="cancellationToken">Ends the copying; what was copied stays.</param>
    /// <returns>How many targets there are.</returns>
    /// <exception cref="StateStoreException">A store is at fault, or the second was not empty.</exception>
    public async Task<int> IntoAsync(IStateStore to, IDocumentStore toDocuments, CancellationToken cancellationToken)
    {
        var (fleet, ends) = await EndsAsync(cancellationToken).ConfigureAwait(false);
        Require(await to.WriteFleetAsync(fleet with { Version = 0 }, cancellationToken).ConfigureAwait(false));
        var targets = await from.ReadTargetsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var some in targets.Chunk(Together))
        {
            var writes = await to.WriteTargetsAsync([.. some.Select(row => row with { Version = 0 })], cancellationToken).ConfigureAwait(false);
            writes.ToList().ForEach(Require);
        }

        await CopyJournalAsync(to, targets, fleet, cancellationToken).ConfigureAwait(false);
        foreach (var document in ends)
        {
            Require(await toDocuments.WriteDocumentAsync(document with { Version = 0 }, cancellationToken).ConfigureAwait(false));
        }

        await foreach (var document in listing.AllDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!JournalAnchors.IsOf(document))
            {
                Require(await toDocuments.WriteDocumentAsync(document with { Version = 0 }, cancellationToken).ConfigureAwait(false));
            }
        }

        return targets.Count;
    }

    /// <summary>The fleet's row, with the ends of chains it names. They are taken away by the next ones, once an hour.</summary>
    private async Task<(FleetRow Fleet, IReadOnlyList<StoredDocument> Ends)> EndsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var fleet = await from.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
            var ends = await JournalAnchors.DocumentsAsync(documents, fleet.Anchor, cancellationToken).ConfigureAwait(false);
            if ((await from.ReadFleetAsync(cancellationToken).ConfigureAwait(false)).Anchor?.Hash == fleet.Anchor?.Hash)
            {
                return (fleet, ends);
            }
        }
    }

    /// <summary>In the order it was written in; what a row does not count yet would be too much in its chain.</summary>
    private async Task CopyJournalAsync(IStateStore to, IReadOnlyList<TargetRow> targets, FleetRow fleet, CancellationToken cancellationToken)
    {
        var heads = targets.ToDictionary(row => row.Target.Key, row => row.Journal.Sequence);
        heads[JournalEntry.FleetChain] = fleet.Journal.Sequence;
        for (var position = 0L; await feed.ReadChangesAsync(position, Together, cancellationToken).ConfigureAwait(false) is { Count: > 0 } changes; position = changes[^1].Position)
        {
            foreach (var chain in changes.Select(change => change.Entry.Chain).Distinct().Where(chain => !heads.ContainsKey(chain)).ToList())
            {
                // What came since the rows were read is left out; of what has no row at all the entries are all there is.
                var isNew = TargetId.TryParse(chain, out var target) && (await from.ReadTargetAsync(target, cancellationToken).ConfigureAwait(false)).Version > 0;
                heads[chain] = isNew ? 0 : long.MaxValue;
            }

            var counted = changes.Select(change => change.Entry).Where(entry => entry.Sequence <= heads[entry.Chain]);
            await to.AppendJournalAsync([.. counted], cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Require(RowWrite write)
    {
        if (write is not RowWrite.Written)
        {
            throw new StateStoreException("something is there already where the state is copied to; name a place that is empty");
        }
    }
}
