using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>A state that answers nothing, as behind a connection that neither works nor breaks.</summary>
internal sealed class SilentStateStore : IStateStore
{
    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken) => NeverAsync<IReadOnlyList<TargetRow>>(cancellationToken);

    public Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) => NeverAsync<TargetRow>(cancellationToken);

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken) =>
        NeverAsync<IReadOnlyList<TargetRow>>(cancellationToken);

    public Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken) =>
        NeverAsync<IReadOnlyList<RowWrite>>(cancellationToken);

    public Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) => NeverAsync<FleetRow>(cancellationToken);

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken) => NeverAsync<RowWrite>(cancellationToken);

    public Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) => NeverAsync<bool>(cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        NeverAsync<IReadOnlyList<JournalEntry>>(cancellationToken);

    private static Task<T> NeverAsync<T>(CancellationToken cancellationToken) => new TaskCompletionSource<T>().Task.WaitAsync(cancellationToken);
}
