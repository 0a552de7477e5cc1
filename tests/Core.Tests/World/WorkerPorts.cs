using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>All ports of one worker. Each call passes through the town, where it may wait, fail or be the last one.</summary>
internal sealed class WorkerPorts(Town town) : IStateStore, ITargetKind, ITargetInventory, IMetricSource
{
    public bool Serves(string resourceType) => resourceType == Some.ScaleSet;

    public bool IsDead { get; set; }

    public string LastCall { get; set; } = "";

    public bool? SawKillSwitch { get; private set; }

    public CapacityReading? LastRead { get; set; }

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken) =>
        StoreAsync("read rows", () => town.Store.ReadTargetsAsync(CancellationToken.None));

    public Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) =>
        StoreAsync("read row", () => town.Store.ReadTargetAsync(target, CancellationToken.None));

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken) =>
        StoreAsync("read rows", () => town.Store.ReadTargetsAsync(targets, CancellationToken.None));

    public Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken) =>
        StoreAsync("write rows", () => town.Store.WriteTargetsAsync(rows, CancellationToken.None));

    public async Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken)
    {
        SawKillSwitch = null;
        var fleet = await StoreAsync("read fleet", () => town.Store.ReadFleetAsync(CancellationToken.None)).ConfigureAwait(false);
        SawKillSwitch = fleet.KillSwitch.IsSet;
        return fleet;
    }

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken) =>
        StoreAsync("write fleet", () => town.Store.WriteFleetAsync(row, CancellationToken.None));

    public async Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        await StoreAsync("append", async () =>
        {
            await town.Store.AppendJournalAsync(entries, CancellationToken.None).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        StoreAsync("read journal", () => town.Store.ReadJournalAsync(query, CancellationToken.None));

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken) =>
        LastRead = await ArmAsync<CapacityReading>(
            "arm read", town.Azure.Read, () => new CapacityReading.Unreadable("429", town.Now)).ConfigureAwait(false);

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        var attempt = town.Log(write, this);
        return await ArmAsync("arm write", () => town.Azure.Write(write, attempt), null).ConfigureAwait(false);
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) => ArmAsync<OperationReading>(
        "arm operation", () => town.Azure.ReadOperation(operation), () => new OperationReading.Unreadable("429"));

    public Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) => ArmAsync<InstancesReading>(
        "arm instances", town.Azure.ReadInstances, () => new InstancesReading.Unreadable("429"));

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => ArmAsync("inventory", town.Azure.List, null);

    public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken) =>
        ArmAsync<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(
            "metrics",
            () => request.Resources.ToDictionary(resource => resource, _ => town.Azure.ReadMetrics()),
            null);

    private async Task<T> StoreAsync<T>(string call, Func<Task<T>> run)
    {
        var happens = await town.EnterAsync(this, call).ConfigureAwait(false);
        if (happens == Event.StoreFault)
        {
            throw new StateStoreException("the store is down");
        }

        var answer = await run().ConfigureAwait(false);
        if (happens == Event.StoreFaultAfter)
        {
            throw new StateStoreException("the store did not answer");
        }

        Leave(happens);
        return answer;
    }

    private async Task<T> ArmAsync<T>(string call, Func<T> run, Func<T>? fault)
    {
        var happens = await town.EnterAsync(this, call).ConfigureAwait(false);
        if (happens == Event.ArmReadFault && fault is not null)
        {
            return fault();
        }

        var answer = run();
        Leave(happens);
        return answer;
    }

    private void Leave(Event happens)
    {
        if (happens == Event.CrashAfter)
        {
            IsDead = true;
            throw new CrashException();
        }
    }
}
