using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>One scale set, a worker that ticks on it, and a person beside it.</summary>
internal sealed class RollbackWorld : ITargetKind, ITargetInventory, IMetricSource
{
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly ScalingCycle _cycle;

    public RollbackWorld(int load, int capacity = 4)
    {
        Azure = new ModelAzure(_time, capacity) { Load = load };
        var rows = new RowStore(Store);
        var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
        var actions = new ActionRunner(rows, [this], options, _time);
        _cycle = new ScalingCycle(rows, new PredictiveSchedules(new MemoryDocumentStore()), this, this, actions, options, _time);
        Rollbacks = new RollbackCycle(rows, Store, _cycle, actions, options, _time);
    }

    public MemoryStateStore Store { get; } = new();

    public ModelAzure Azure { get; }

    public PolicySet Policies { get; set; } = Some.Policies();

    public RollbackCycle Rollbacks { get; }

    /// <summary>What was written, oldest first.</summary>
    public List<CapacityWrite> Writes { get; } = [];

    /// <summary>Done before the next write of the capacity leaves.</summary>
    public Func<Task>? BeforeRead { get; set; }

    /// <summary>Done before metrics are read the next time.</summary>
    public Func<Task>? BeforeMetrics { get; set; }

    public TargetRow Row => Store.Row(Some.Id());

    public IReadOnlyList<JournalEntry> Journal => Store.Chain(Some.Id());

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Lets time pass, a tick each minute.</summary>
    public async Task TickAsync(int minutes = 1)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await _cycle.RunAsync(Policies, TestContext.Current.CancellationToken);
        }
    }

    public Task<RollbackResult> RollBackAsync(long epoch, bool isDryRun = false, TimeSpan? hold = null) => Rollbacks.RunAsync(
        Policies, Some.Id(), new RollbackRequest(epoch, "ann", "too soon") { IsDryRun = isDryRun, Hold = hold }, TestContext.Current.CancellationToken);

    public Task ChangeAsync(Func<TargetRow, TargetRow> change) =>
        new RowStore(Store).ChangeTargetAsync(Some.Id(), change, TestContext.Current.CancellationToken);

    /// <summary>Puts another row in the place of the one there is, as a restore of the whole state does, journal included.</summary>
    public async Task ReplaceAsync(TargetRow row)
    {
        Store.ForgetJournal(Some.Id());
        await Store.WriteTargetsAsync([row with { Version = Row.Version }], TestContext.Current.CancellationToken);
    }

    public bool Serves(string resourceType) => resourceType == Some.ScaleSet;

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        var before = BeforeRead;
        BeforeRead = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        return Azure.Read();
    }

    public Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        Writes.Add(write);
        var attempt = new WriteAttempt
        {
            Write = write,
            At = Now,
            Stored = Row,
            CallBefore = "",
            SawKillSwitch = null,
            LastRead = null,
            IsInJournal = true,
            View = default,
        };
        return Task.FromResult(Azure.Write(write, attempt));
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) => Task.FromResult(Azure.ReadOperation(operation));

    public Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        Task.FromResult<InstancesReading>(Azure.ReadInstances());

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Azure.List());

    /// <summary>Evaluates the target as a batch of a tick that may lower it.</summary>
    /// <param name="floor">No fewer instances than these were approved; absent where nobody had to be asked.</param>
    public async Task<string> EvaluateAsync(int? floor)
    {
        var key = Some.Id().Key;
        var report = await _cycle.EvaluateAsync(
            Policies,
            new EvaluateRequest
            {
                TickId = "t",
                TickAt = Now,
                ExpiresAt = Now.AddMinutes(1),
                Batch = 0,
                Targets = Azure.List().Targets,
                Verdicts = new Dictionary<string, string> { [key] = "" },
                Floors = floor is { } least ? new Dictionary<string, int> { [key] = least } : [],
            },
            TestContext.Current.CancellationToken);
        return report.Report.Targets[0].Text;
    }

    public async Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var before = BeforeMetrics;
        BeforeMetrics = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        return request.Resources.ToDictionary(resource => resource, _ => Azure.ReadMetrics());
    }
}
