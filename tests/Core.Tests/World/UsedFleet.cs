using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Metrics of four instances of the middle size as functions of the time alone, with a daily wave, a gap each night and what was asked for.</summary>
internal sealed class UsedFleet : IMetricSource
{
    public List<MetricRequest> Asked { get; } = [];

    /// <summary>What is answered in place of a metric; nothing: the metric itself.</summary>
    public Func<MetricRequest, MetricSeries?> Instead { get; set; } = _ => null;

    /// <summary>Minutes of which nothing is known yet.</summary>
    public Func<DateTimeOffset, bool> IsLate { get; set; } = _ => false;

    public double DaysAsked => Asked.Where(request => request.Grain == TimeSpan.FromMinutes(1)).Sum(request => (request.To - request.From).TotalDays);

    public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        var points = new List<MetricPoint>();
        for (var at = request.From; at < request.To; at += request.Grain)
        {
            points.Add((at.Hour == 3 && at.Minute < 20 && request.Grain.TotalMinutes < 60) || IsLate(at)
                ? new MetricPoint(at, null, null)
                : new MetricPoint(at, Value(request.Metric.Name, at), 4 * request.Grain.TotalMinutes));
        }

        return Task.FromResult<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(
            request.Resources.ToDictionary(resource => resource, _ => Instead(request) ?? new MetricSeries.Received(points)));
    }

    private static double Value(string metric, DateTimeOffset at)
    {
        var wave = 20 + (12 * Math.Sin(at.TimeOfDay.TotalHours / 24 * 2 * Math.PI)) + (at.Ticks / TimeSpan.TicksPerMinute * 7919 % 101 / 20.0);
        return metric switch
        {
            "Percentage CPU" => wave,
            "Available Memory Bytes" => (SomeSizes.Offers[SomeSizes.Middle].MemoryGiB!.Value - (wave / 10)) * 1024 * 1024 * 1024,
            _ => wave * 1000,
        };
    }
}
