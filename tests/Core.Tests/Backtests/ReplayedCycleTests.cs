using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Backtests;

/// <summary>The whole cycle, with its store, ledger and queue, leads the same fleet under the same load to the same counts.</summary>
public sealed class ReplayedCycleTests
{
    public static TheoryData<string> Kinds { get; } = ["vmss", "plan"];

    private static string Text(string type) => $$"""
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop }
        spec: { select: { type: {{type}} }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec:
          workload: shop
          instances: { minimum: 2, maximum: 40 }
          floors: [{ when: "Mon-Fri 07:30-09:00", timeZone: Europe/Zurich, minimum: 12 }]
          warmUp: 3m
          maxActionsPerDay: 60
        ---
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load }
        spec:
          workload: shop
          signals: [{ name: cpu, metric: {{(type == "vmss" ? "Percentage CPU" : "CpuPercentage")}} }]
          targetTracking: [{ signal: cpu, target: 60 }]
        """;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_cycle_decides_the_same(string type)
    {
        var policies = PolicyReader.Read([new PolicyFile("p.yml", System.Text.Encoding.UTF8.GetBytes(Text(type)))]);
        Assert.Empty(policies.Errors);
        var target = Some.Target() with { Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{TypeOf(type)}/web") };
        var demand = Waves.Busy(1).Select((load, minute) => (load * 9) + (minute is > 900 and < 910 ? 20 : 0)).ToArray();
        var load = Replays.Load(demand);
        var resolved = (TargetPolicies.Resolved)policies.For("shop");
        var setup = new ReplaySetup { Policies = resolved, Target = target, Signals = ReplayedSignal.Of(resolved.LoadBased, null) };

        var replayed = Replays.Run(setup, load);
        var world = new World(target, setup.Terms(load), TypeOf(type), countsInstances: type == "vmss");
        var lived = await world.LiveAsync(policies, demand);

        Assert.True(replayed.Changes.Count(change => change.Plan.IsRaise) > 5 && replayed.Changes.Count(change => !change.Plan.IsRaise) > 5);
        Assert.Equal(lived, replayed.Course.Billed);
    }

    private static string TypeOf(string type) => type == "vmss" ? Some.ScaleSet : "Microsoft.Web/serverfarms";

    /// <summary>A fleet of the yardstick behind the ports of the cycle.</summary>
    private sealed class World(ObservedTarget target, FleetTerms terms, string type, bool countsInstances) : ITargetKind, ITargetInventory, IMetricSource
    {
        private readonly FakeTimeProvider _time = new(Replays.Start);
        private readonly FleetModel _fleet = new(terms.FirstInstances, terms.BootMinutes);
        private readonly List<MetricPoint> _points = [];

        public bool Serves(string resourceType) => resourceType == type;

        public async Task<IReadOnlyList<int>> LiveAsync(PolicySet policies, double[] demand)
        {
            var (store, documents, queue) = (new MemoryStateStore(), new MemoryDocumentStore(), new MemoryWorkQueue());
            var rows = new RowStore(store);
            var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
            var ledger = new TickLedger(documents);
            var cycle = new ScalingCycle(rows, new PredictiveSchedules(new MemoryDocumentStore()), this, this, new ActionRunner(rows, [this], options, _time), options, _time);
            var ticks = new TickCycle(rows, documents, ledger, new ResourceMarks(rows, documents), this, queue, options, _time);
            var batches = new BatchCycle(cycle, ledger, queue, options, _time);
            var billed = new List<int>();
            foreach (var (minute, load) in demand.Index())
            {
                if (minute >= ScalingProtocol.FirstDecision)
                {
                    await ticks.RunAsync(policies, CancellationToken.None);
                    foreach (var request in queue.TakeEvaluations())
                    {
                        await batches.EvaluateAsync(policies, request, CancellationToken.None);
                    }

                    queue.TakeVerifications();
                }

                var passed = _fleet.Step(load);
                billed.Add(passed.Capacity);
                _points.Add(new MetricPoint(_time.GetUtcNow(), passed.CpuPercent, countsInstances ? passed.Ready : null));
                _time.Advance(TimeSpan.FromMinutes(1));
            }

            return billed;
        }

        public Task<CapacityReading> ReadAsync(TargetId id, CancellationToken cancellationToken) =>
            Task.FromResult<CapacityReading>(new CapacityReading.Read(_fleet.Capacity, target.Sku, "e", IsUpdating: false, _time.GetUtcNow()));

        public Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
        {
            _fleet.Request(write.Goal);
            return Task.FromResult<WriteResult>(new WriteResult.Accepted(null));
        }

        public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
            Task.FromResult<OperationReading>(new OperationReading.Succeeded());

        public Task<InstancesReading> ReadInstancesAsync(TargetId id, CancellationToken cancellationToken) =>
            Task.FromResult<InstancesReading>(new InstancesReading.Read(_fleet.Ready, _fleet.Capacity));

        public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(
            new InventoryReading.Complete([target with { Capacity = _fleet.Capacity, ReadAt = _time.GetUtcNow() }]));

        public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(request.Resources.ToDictionary(
                resource => resource,
                _ => (MetricSeries)new MetricSeries.Received([.. _points.Where(point => point.At >= request.From && point.At <= _time.GetUtcNow().AddMinutes(-2))])));
    }
}
