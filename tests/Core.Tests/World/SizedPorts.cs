using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>What is read of one scale set and its sizes: always readable, with the same use of its processors at all times.</summary>
internal sealed class SizedPorts(SizedResource set, TimeProvider time, double cpu, Func<DateTimeOffset, double?>? latency = null) : ITargetInventory, IMetricSource, IComputeLimits, ILockSource, IPermissionSource
{
    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(
        new InventoryReading.Complete([Some.Target(set.Sizes.Count) with { Sku = set.Size, ReadAt = time.GetUtcNow() }]));

    public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        if (request.Metric.Name == "Latency" && latency is not null && latency(time.GetUtcNow()) is null)
        {
            return Task.FromResult<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(
                request.Resources.ToDictionary(resource => resource, _ => (MetricSeries)new MetricSeries.Failed("503")));
        }

        var points = new List<MetricPoint>();
        for (var at = request.From; at < request.To; at += request.Grain)
        {
            points.Add(new MetricPoint(
                at,
                request.Metric.Name switch
                {
                    "Available Memory Bytes" => 0.9 * SomeSizes.Offers[set.Size].MemoryGiB!.Value * 1024 * 1024 * 1024,
                    "Latency" => latency is null ? 100 : latency(at),
                    _ => cpu,
                },
                set.Sizes.Count));
        }

        return Task.FromResult<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(
            request.Resources.ToDictionary(resource => resource, _ => (MetricSeries)new MetricSeries.Received(points)));
    }

    public Task<FactReading<IReadOnlyList<QuotaUsage>>> ReadQuotaAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Known<IReadOnlyList<QuotaUsage>>([]);

    public Task<FactReading<IReadOnlyDictionary<string, SizeOffer>>> ReadSizesAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Known(SomeSizes.Offers);

    public Task<FactReading<IReadOnlyList<ResourceLock>>> ReadLocksAsync(string subscription, CancellationToken cancellationToken) =>
        Known<IReadOnlyList<ResourceLock>>([]);

    public Task<FactReading<GrantedActions>> ReadPermissionsAsync(TargetId target, string action, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<GrantedActions>>(new FactReading<GrantedActions>.Unknown("not asked"));

    private Task<FactReading<T>> Known<T>(T value)
        where T : class => Task.FromResult<FactReading<T>>(new FactReading<T>.Known(value, time.GetUtcNow()));
}
