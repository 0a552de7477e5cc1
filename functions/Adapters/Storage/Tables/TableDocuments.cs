using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>The documents: each of their partitions is one of the table.</summary>
internal sealed class TableDocuments(StateTable table, VersionedRows rows)
{
    private const string Partition = nameof(Partition);
    private const string Key = nameof(Key);
    private const string Expires = nameof(Expires);

    /// <summary>
    /// Looking for what has expired goes through all documents, a thousand a page. So many pages are looked at in one call; the
    /// next one goes on from there.
    /// </summary>
    private const int MostPages = 10;

    /// <summary>Deletions that are under way together.</summary>
    private const int Together = 16;

    private string? _prunedUpTo;

    public async Task<StoredDocument?> ReadAsync(string partition, string key, CancellationToken cancellationToken) =>
        await rows.FindAsync(PartitionOf(partition), TableKeys.Encode(key), cancellationToken).ConfigureAwait(false) is { } entity
            ? Read(entity)
            : null;

    public Task<RowWrite> WriteAsync(StoredDocument document, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(PartitionOf(document.Partition), TableKeys.Encode(document.Key))
        {
            [Partition] = document.Partition,
            [Key] = document.Key,
            [Expires] = document.ExpiresAt.UtcTicks,
        };
        TableContent.Put(entity, document.Json);
        return rows.WriteAsync(entity, document.Version, cancellationToken);
    }

    public async Task<IReadOnlyList<StoredDocument>> ListAsync(string partition, CancellationToken cancellationToken)
    {
        var documents = new List<StoredDocument>();
        await table.VisitAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(partition)}"),
            select: null,
            pageSize: null,
            entity =>
            {
                documents.Add(Read(rows.Seen(entity)));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        documents.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        return documents;
    }

    public async IAsyncEnumerable<StoredDocument> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? from = null;
        do
        {
            var (entities, next) = await table.PageAsync(TableFilters.All(TableKeys.Documents), select: null, from, cancellationToken).ConfigureAwait(false);
            foreach (var entity in entities)
            {
                yield return Read(entity);
            }

            from = next;
        }
        while (from is not null);
    }

    public Task DeleteAsync(string partition, string key, CancellationToken cancellationToken) =>
        table.DeleteAsync(PartitionOf(partition), TableKeys.Encode(key), ETag.All, cancellationToken);

    /// <remarks>
    /// Only as it was when it was found: one that was written again meanwhile stays. The time stamp is asked for because the tag
    /// is made of it.
    /// </remarks>
    public async Task PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = TableFilters.All(TableKeys.Documents, TableClient.CreateQueryFilter($"Expires lt {now.UtcTicks}"));
        var from = _prunedUpTo;
        for (var page = 0; page < MostPages; page++)
        {
            var (expired, next) = await table.PageAsync(filter, ["PartitionKey", "RowKey", "Timestamp"], from, cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(
                expired,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken },
                async (entity, token) => await table.DeleteAsync(entity.PartitionKey, entity.RowKey, entity.ETag, token).ConfigureAwait(false))
                .ConfigureAwait(false);
            _prunedUpTo = from = next;
            if (next is null)
            {
                return;
            }
        }
    }

    private static string PartitionOf(string partition) => TableKeys.PartitionOf(TableKeys.Documents, partition);

    /// <summary>What cannot be put together is no document of any kind, for whoever reads it to write anew.</summary>
    private static string Content(TableEntity entity)
    {
        try
        {
            return TableContent.Get(entity);
        }
        catch (StateStoreException)
        {
            return "";
        }
    }

    private static StoredDocument Read(TableEntity entity) => new(
        entity.GetString(Partition),
        entity.GetString(Key),
        VersionedRows.VersionOf(entity),
        Content(entity),
        new DateTimeOffset(entity.GetInt64(Expires) ?? 0, TimeSpan.Zero));
}
