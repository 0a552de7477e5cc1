namespace ScaleFunctions.Core.State;

/// <summary>The journal in the order it was written, over all chains: what a page polls to stay up to date.</summary>
public interface IChangeFeed
{
    /// <summary>Entries written after a position, oldest first.</summary>
    Task<IReadOnlyList<JournalChange>> ReadChangesAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The entries written last, newest first.</summary>
    Task<IReadOnlyList<JournalChange>> ReadLatestAsync(int limit, CancellationToken cancellationToken);
}
