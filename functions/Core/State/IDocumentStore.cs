namespace ScaleFunctions.Core.State;

/// <summary>
/// Durable small documents: ledgers, received events, answers to idempotent calls. Like rows they are written one at a time
/// and conditionally. Faults of the store are thrown as <see cref="StateStoreException"/>.
/// </summary>
public interface IDocumentStore
{
    Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>Writes the document if the stored version is the one given (0: if there is none), durably before it answers.</summary>
    Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken);

    /// <summary>All documents of a partition, in the order of their keys.</summary>
    Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken);

    /// <summary>Removes a document; one that is not there is no fault.</summary>
    Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>Removes what has expired.</summary>
    Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
