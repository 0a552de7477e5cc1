using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>
/// Durable rows and the journal. Every safety decision is one conditional write of one row; a batch is only a cheaper
/// way to ask for several of them. Faults of the store are thrown as <see cref="StateStoreException"/>: without the store
/// there is no action.
/// </summary>
public interface IStateStore
{
    Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken);

    /// <summary>The row, or a new one of version 0.</summary>
    Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken);

    /// <summary>The row of each, or a new one of version 0, in the order of the targets: cheaper than one after the other.</summary>
    Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken);

    /// <summary>
    /// Writes each row if the stored version is the row's <see cref="TargetRow.Version"/> (0: if there is none), durably
    /// before it answers. Answers are in the order of the rows.
    /// </summary>
    Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken);

    Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken);

    Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken);

    /// <summary>
    /// Adds entries that are not there yet; an entry that is there with the same hash is left alone.
    /// </summary>
    /// <exception cref="StateStoreException">An entry of the same number is there with another hash.</exception>
    Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken);
}
