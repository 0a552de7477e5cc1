using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Asks Azure Monitor for the load of the last two weeks, once for each target, so that a forecast need not wait until it has
/// seen them itself.
/// </summary>
internal static class LoadHistories
{
    /// <summary>The metric whose history tells the load; null when a signal's past cannot be had, so that only what is seen from now on counts.</summary>
    public static SignalSource.Metric? Source(SignalPolicy signal) =>
        signal.From is SignalSource.Metric { Selector.IsSplit: false, Selector.Dimensions.Count: 0 } metric ? metric : null;

    /// <summary>Until then Azure makes a point of the samples it has, and a total of some of them is too little.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public static MetricRequest Request(SignalSource.Metric metric, IReadOnlyList<MonitoredResource> resources, DateTimeOffset now)
    {
        var end = LoadBin.StartOf(now - Late);
        return new MetricRequest(resources, metric.Selector, end - TimeSpan.FromDays(HistoryReader.UsualDays), end) { Grain = LoadBin.Length };
    }

    /// <summary>The load of each quarter of an hour, as decisions would have seen it.</summary>
    /// <param name="signal">What the numbers are.</param>
    /// <param name="points">In quarters of an hour. A mean over instances whose number nobody knows is no load, and left out.</param>
    public static IEnumerable<LoadBin> Bins(SignalPolicy signal, IEnumerable<MetricPoint> points)
    {
        var minutes = LoadBin.Length.TotalMinutes;
        var isSum = signal.From is SignalSource.Metric { Selector.Aggregation: MetricAggregation.Total or MetricAggregation.Count };
        foreach (var point in points.Where(SignalReader.IsUsable))
        {
            var value = point.Value!.Value / (isSum ? minutes : 1);
            var instances = signal.CountsInstances ? point.Count / minutes : signal.Measures == SignalMeasure.Total ? 1 : null;
            if (instances is { } count)
            {
                yield return new LoadBin(point.At, value * count, 1, value >= signal.SaturatedAt);
            }
        }
    }
}
