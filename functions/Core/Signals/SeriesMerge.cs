using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>
/// Makes one time series of those of single instances and of single values of a dimension, minute by minute. A minute in
/// which a part is silent is marked as incomplete: what is there may raise a capacity, but proves no low load.
/// </summary>
/// <example>
/// Requests of two instances with status 500 or 503:
/// <code>
/// a/500  a/503  b/500  b/503   measures total   perInstance: maximum   perInstance: average
///     1      2      4      0               7                       4                    3.5
///     1      -      4      0   5, incomplete           4, incomplete       2.5, incomplete
/// </code>
/// </example>
public static class SeriesMerge
{
    /// <summary>One series of many; one that is whole already, or failed, stays as it is.</summary>
    /// <param name="signal">Says how parts are put together.</param>
    /// <param name="series">The answer of the source.</param>
    /// <param name="capacity">Instances asked for: a split by instance with fewer lacks some.</param>
    public static MetricSeries Merge(SignalPolicy signal, MetricSeries series, int capacity)
    {
        if (series is not MetricSeries.Split { Parts: var parts } || signal.From is not SignalSource.Metric metric)
        {
            return series;
        }

        var splits = metric.Selector.Splits.ToList();
        if (parts.Any(part => splits.Exists(split => !part.Values.ContainsKey(split))))
        {
            return new MetricSeries.Failed("the answer does not tell the time series apart");
        }

        var instances = parts.GroupBy(part => string.Join('\n', splits.Select(split => part.Values[split].ToLowerInvariant())), StringComparer.Ordinal)
            .Select(group => Minutes(group.ToList(), signal, metric.Selector.Aggregation))
            .ToList();
        return new MetricSeries.Received(splits.Count == 0
            ? [.. instances.SelectMany(each => each.Values).OrderBy(point => point.At)]
            : Combine(instances, signal, metric, capacity));
    }

    /// <summary>One value a minute of the series of one instance, such as those of several statuses.</summary>
    private static Dictionary<DateTimeOffset, MetricPoint> Minutes(List<DimensionSeries> parts, SignalPolicy signal, MetricAggregation aggregation)
    {
        // The first of a minute counts, as in a series that was never split.
        var minutes = parts.SelectMany(part => part.Points.Where(point => point.Value is not null).DistinctBy(point => point.At));
        return minutes.GroupBy(point => point.At).ToDictionary(minute => minute.Key, minute => Sum([.. minute]));

        MetricPoint Sum(List<MetricPoint> points)
        {
            // Garbage is not silence: one such number makes the minute unusable, or a maximum would pass over it.
            if (!points.TrueForAll(SignalReader.IsUsable))
            {
                return new MetricPoint(points[0].At, double.NaN, null);
            }

            var count = points.TrueForAll(point => point.Count is not null) ? points.Sum(point => point.Count) : null;
            double? value = aggregation switch
            {
                MetricAggregation.Minimum => points.Min(point => point.Value),
                MetricAggregation.Maximum => points.Max(point => point.Value),
                MetricAggregation.Average when count > 0 => points.Sum(point => point.Value * point.Count) / count,
                MetricAggregation.Average => points.Average(point => point.Value),
                _ => points.Sum(point => point.Value),
            };
            return new MetricPoint(points[0].At, value, count) { IsIncomplete = points.Count < parts.Count && !signal.IsZeroUsual };
        }
    }

    private static List<MetricPoint> Combine(
        List<Dictionary<DateTimeOffset, MetricPoint>> instances, SignalPolicy signal, SignalSource.Metric metric, int capacity) =>
    [
        .. instances.SelectMany(each => each.Values).GroupBy(point => point.At).OrderBy(minute => minute.Key).Select(minute =>
        {
            var values = minute.Select(point => point.Value!.Value).ToList();
            var lacksSome = minute.Any(point => point.IsIncomplete);
            return values.Exists(double.IsNaN)
                ? new MetricPoint(minute.Key, double.NaN, null)
                : signal.Measures == SignalMeasure.Total
                ? new MetricPoint(minute.Key, Together(values, metric.Selector.Aggregation), null) { IsIncomplete = lacksSome || (values.Count < instances.Count && !signal.IsZeroUsual) }
                : new MetricPoint(minute.Key, metric.Combination.Of(values), values.Count) { IsIncomplete = lacksSome || values.Count < Math.Max(metric.IsOwn ? capacity : 0, instances.Count) };
        }),
    ];

    private static double Together(List<double> values, MetricAggregation aggregation) => aggregation switch
    {
        MetricAggregation.Minimum => values.Min(),
        MetricAggregation.Maximum => values.Max(),
        _ => values.Sum(),
    };
}
