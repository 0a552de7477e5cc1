using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>
/// State in a table of Azure Storage, for any number of instances. Nothing it remembers is needed to be right, only to be cheap.
/// Why it is as it is: docs/adr/0006-state-in-azure-tables.md.
/// </summary>
internal sealed class TableStateStore : IStateStore, IDocumentStore, IDocumentListing, IChangeFeed, IDisposable
{
    /// <summary>Reads or writes of a batch that are under way together.</summary>
    private const int Together = 16;

    private readonly StateTable _table;
    private readonly VersionedRows _rows;
    private readonly TableJournal _journal;
    private readonly TableDocuments _documents;

    /// <param name="client">A client of <see cref="TableClients"/>.</param>
    /// <param name="logger">For a table that had to be made.</param>
    public TableStateStore(TableClient client, ILogger<TableStateStore> logger)
    {
        _table = new StateTable(client, logger);
        _rows = new VersionedRows(_table);
        _journal = new TableJournal(_table);
        _documents = new TableDocuments(_table, _rows);
    }

    public void Dispose() => _journal.Dispose();

    public async Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken)
    {
        var rows = new List<TargetRow>();
        await _table.VisitAsync(
            TableFilters.All(TableKeys.Targets),
            select: null,
            pageSize: null,
            entity =>
            {
                rows.Add(ReadTarget(_rows.Seen(entity)));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        rows.Sort((one, other) => string.CompareOrdinal(one.Target.Key, other.Target.Key));
        return rows;
    }

    public async Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) =>
        await _rows.FindAsync(PartitionOf(target), TableKeys.Encode(target.Key), cancellationToken).ConfigureAwait(false) is { } entity
            ? ReadTarget(entity)
            : new TargetRow { Target = target };

    public async Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken)
    {
        var rows = new TargetRow[targets.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, targets.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken },
            async (index, token) => rows[index] = await ReadTargetAsync(targets[index], token).ConfigureAwait(false)).ConfigureAwait(false);
        return rows;
    }

    /// <remarks>Rows are written side by side. When one fails, others may have been written: the caller reads again.</remarks>
    public async Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken)
    {
        var answers = new RowWrite[rows.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Count).GroupBy(index => rows[index].Target),
            new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken },
            async (ofOneTarget, token) =>
            {
                foreach (var index in ofOneTarget)
                {
                    answers[index] = await WriteTargetAsync(rows[index], token).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        return answers;
    }

    public async Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) =>
        await _rows.FindAsync(TableKeys.Fleet, TableKeys.Fleet, cancellationToken).ConfigureAwait(false) is { } entity
            ? TableJson.Parse(entity, StateJson.Default.FleetRow, _table.Name) with { Version = VersionedRows.VersionOf(entity) }
            : new FleetRow();

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(TableKeys.Fleet, TableKeys.Fleet);
        TableContent.Put(entity, JsonSerializer.Serialize(row with { Version = row.Version + 1 }, StateJson.Default.FleetRow));
        return _rows.WriteAsync(entity, row.Version, cancellationToken);
    }

    /// <remarks>One after the other: of entries behind one that is refused, none is added.</remarks>
    public Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        _journal.AppendAsync(entries, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        _journal.ReadAsync(query, cancellationToken);

    public Task<IReadOnlyList<JournalChange>> ReadChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
        _journal.ReadChangesAsync(after, limit, cancellationToken);

    public Task<IReadOnlyList<JournalChange>> ReadLatestAsync(int limit, CancellationToken cancellationToken) =>
        _journal.ReadLatestAsync(limit, cancellationToken);

    public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
        _documents.ReadAsync(partition, key, cancellationToken);

    public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) =>
        _documents.WriteAsync(document, cancellationToken);

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) =>
        _documents.ListAsync(partition, cancellationToken);

    public IAsyncEnumerable<StoredDocument> AllDocumentsAsync(CancellationToken cancellationToken) => _documents.AllAsync(cancellationToken);

    public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
        _documents.DeleteAsync(partition, key, cancellationToken);

    public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => _documents.PruneAsync(now, cancellationToken);

    // By subscription: a partition takes some 2,000 writes a second, and a batch is of one subscription.
    private static string PartitionOf(TargetId target) => TableKeys.PartitionOf(TableKeys.Targets, target.Subscription.ToLowerInvariant());

    private TargetRow ReadTarget(TableEntity entity) =>
        TableJson.Parse(entity, StateJson.Default.TargetRow, _table.Name) with { Version = VersionedRows.VersionOf(entity) };

    private Task<RowWrite> WriteTargetAsync(TargetRow row, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(PartitionOf(row.Target), TableKeys.Encode(row.Target.Key));
        TableContent.Put(entity, JsonSerializer.Serialize(row with { Version = row.Version + 1 }, StateJson.Default.TargetRow));
        return _rows.WriteAsync(entity, row.Version, cancellationToken);
    }
}
