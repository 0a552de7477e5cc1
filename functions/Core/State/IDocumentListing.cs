namespace ScaleFunctions.Core.State;

/// <summary>All documents of a state, for who copies it.</summary>
public interface IDocumentListing
{
    /// <summary>Every document there is, of all partitions. What is written meanwhile may be among them or not.</summary>
    IAsyncEnumerable<StoredDocument> AllDocumentsAsync(CancellationToken cancellationToken);
}
