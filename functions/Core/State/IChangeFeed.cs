namespace ScaleFunctions.Core.State;

/// <summary>The journal in the order it was written, over all chains: what a page polls to stay up to date.</summary>
public interface IChangeFeed
{
    /// <summary>Entries written after a position, oldest first.</summary>
    Task<IReadOnlyList<JournalChange>> ReadChangesAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The position of the newest entry; 0 when there is none.</summary>
    Task<long> LastPositionAsync(CancellationToken cancellationToken);
}
