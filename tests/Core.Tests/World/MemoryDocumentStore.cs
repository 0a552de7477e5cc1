using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Documents with the port's conditions, in memory, for as many at a time as the port allows.</summary>
internal sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();

    private readonly SortedDictionary<(string Partition, string Key), StoredDocument> _documents = new(
        Comparer<(string Partition, string Key)>.Create((one, other) =>
            string.CompareOrdinal(one.Partition, other.Partition) is not 0 and var order ? order : string.CompareOrdinal(one.Key, other.Key)));

    /// <summary>Keys that are not written.</summary>
    public ISet<string> Refused { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Partitions that were listed, in order.</summary>
    public List<string> Listed { get; } = [];

    public IReadOnlyList<StoredDocument> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _documents.Values];
            }
        }
    }

    public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_documents.GetValueOrDefault((partition, key)));
        }
    }

    public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken)
    {
        var key = (document.Partition, document.Key);
        if (Refused.Contains(document.Key))
        {
            throw new StateStoreException("refused");
        }

        lock (_gate)
        {
            if (document.Version != (_documents.GetValueOrDefault(key)?.Version ?? 0))
            {
                return Task.FromResult<RowWrite>(new RowWrite.Conflict());
            }

            _documents[key] = document with { Version = document.Version + 1 };
            return Task.FromResult<RowWrite>(new RowWrite.Written(document.Version + 1));
        }
    }

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Listed.Add(partition);
        }

        return Task.FromResult<IReadOnlyList<StoredDocument>>([.. All.Where(document => document.Partition == partition)]);
    }

    public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _documents.Remove((partition, key));
        }

        return Task.CompletedTask;
    }

    public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var document in _documents.Values.Where(document => document.ExpiresAt < now).ToList())
            {
                _documents.Remove((document.Partition, document.Key));
            }
        }

        return Task.CompletedTask;
    }
}
