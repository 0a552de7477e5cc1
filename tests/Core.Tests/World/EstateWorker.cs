using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>One process of an estate, with all its ports. Each call may have to wait for its turn; those of store and queue may fail.</summary>
internal sealed class EstateWorker : IStateStore, IDocumentStore, IWorkQueue, ITargetKind, ITargetInventory, IMetricSource
{
    private readonly Estate _estate;
    private readonly TickCycle _ticks;
    private readonly BatchCycle _batches;
    private EvaluateRequest? _request;

    public EstateWorker(Estate estate)
    {
        _estate = estate;
        var rows = new RowStore(this);
        var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
        Ledger = new TickLedger(this);
        Marks = new ResourceMarks(rows, this);
        var cycle = new ScalingCycle(rows, new PredictiveSchedules(this), this, this, new ActionRunner(rows, [this], options, estate.Time), options, estate.Time, budgets: new BudgetStates(estate.Documents));
        _ticks = new TickCycle(rows, this, Ledger, Marks, this, this, options, estate.Time);
        _batches = new BatchCycle(cycle, Ledger, this, options, estate.Time);
    }

    public TickLedger Ledger { get; }

    public ResourceMarks Marks { get; }

    public bool Serves(string resourceType) => _estate.Sets.Keys.Any(target => target.ResourceType == resourceType);

    public Task<TickHeader?> TickAsync() => _ticks.RunAsync(_estate.Policies, CancellationToken.None);

    public Task<TickReport?> EvaluateAsync(EvaluateRequest request)
    {
        _request = request;
        return _batches.EvaluateAsync(_estate.Policies, request, CancellationToken.None);
    }

    public Task<IReadOnlyList<TargetReport>> VerifyAsync(TargetId target) => _batches.VerifyAsync(target, CancellationToken.None);

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Store.ReadTargetsAsync(cancellationToken));

    public Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Store.ReadTargetAsync(target, cancellationToken));

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Store.ReadTargetsAsync(targets, cancellationToken));

    public Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Store.WriteTargetsAsync(rows, cancellationToken));

    public Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) => StoreAsync(() => _estate.Store.ReadFleetAsync(cancellationToken));

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Store.WriteFleetAsync(row, cancellationToken));

    public Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        StoreAsync(() => Done(_estate.Store.AppendJournalAsync(entries, cancellationToken)));

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Store.ReadJournalAsync(query, cancellationToken));

    public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Documents.ReadDocumentAsync(partition, key, cancellationToken));

    public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Documents.WriteDocumentAsync(document, cancellationToken));

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) =>
        StoreAsync(() => _estate.Documents.ListDocumentsAsync(partition, cancellationToken));

    public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
        StoreAsync(() => Done(_estate.Documents.DeleteDocumentAsync(partition, key, cancellationToken)));

    public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        StoreAsync(() => Done(_estate.Documents.PruneDocumentsAsync(now, cancellationToken)));

    public Task SendAsync(WorkMessage message, CancellationToken cancellationToken) =>
        CallAsync(() => Done(_estate.Queue.SendAsync(message, cancellationToken)), () => new WorkQueueException("the queue is down"));

    public Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken) => ArmAsync(() => _estate.Sets[target].Read());

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        var attempt = new WriteAttempt
        {
            Write = write,
            At = _estate.Now,
            Stored = _estate.Store.Row(write.Target),
            CallBefore = "",
            SawKillSwitch = null,
            LastRead = null,
            IsInJournal = true,
            View = _estate.Sets[write.Target].View,
        };
        _estate.Writes.Add(new EstateWrite(
            write.Target, attempt.Stored.Intent!.Base.Capacity, write.Goal, _request!.TickId,
            _estate.IsInDoubt(_request.Targets.First(target => target.Id == write.Target)), attempt));
        return await ArmAsync(() => _estate.Sets[write.Target].Write(write, attempt)).ConfigureAwait(false);
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) => ArmAsync(
        () => _estate.Sets.Values.Select(set => set.TryReadOperation(operation)).OfType<OperationReading>().First());

    public Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        ArmAsync(() => _estate.Sets[target].ReadInstances());

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => ArmAsync(async () =>
    {
        await (_estate.WhileListing?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        return _estate.List();
    }).Unwrap();

    public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken) =>
        ArmAsync(async () =>
        {
            await (_estate.WhileMeasuring?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
            return _estate.ReadMetrics(request);
        }).Unwrap();

    private static async Task<bool> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private Task<T> StoreAsync<T>(Func<Task<T>> run) => CallAsync(run, () => new StateStoreException("the store is down"));

    private async Task<T> CallAsync<T>(Func<Task<T>> run, Func<Exception> fault)
    {
        await _estate.EnterAsync().ConfigureAwait(false);
        var happens = _estate.Count();
        if (happens == EstateFault.Crash)
        {
            throw new CrashException();
        }

        if (happens == EstateFault.Before)
        {
            throw fault();
        }

        var answer = await run().ConfigureAwait(false);
        return happens == EstateFault.After ? throw fault() : answer;
    }

    private async Task<T> ArmAsync<T>(Func<T> run)
    {
        await _estate.EnterAsync().ConfigureAwait(false);
        return run();
    }
}
