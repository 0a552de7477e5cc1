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

        var instances = parts.GroupBy(part => Key(part, splits), StringComparer.Ordinal)
            .Select(group => Minutes(group.ToList(), signal, metric.Selector))
            .ToList();
        return new MetricSeries.Received(splits.Count == 0
            ? [.. instances.SelectMany(each => each.Values).OrderBy(point => point.At)]
            : Combine(instances, signal, metric, capacity));
    }

    private static string Key(DimensionSeries part, IEnumerable<string> dimensions) =>
        string.Join('\n', dimensions.Select(dimension => part.Values.GetValueOrDefault(dimension, "").ToLowerInvariant()));

    /// <summary>One value a minute of the series of one instance, such as those of several statuses.</summary>
    private static Dictionary<DateTimeOffset, MetricPoint> Minutes(List<DimensionSeries> parts, SignalPolicy signal, MetricSelector metric)
    {
        var apart = metric.Dimensions.Where(dimension => dimension.PartsInstances).Select(dimension => dimension.Name).ToList();

        // The first of a minute counts, as in a series that was never split.
        var minutes = parts.SelectMany(part => part.Points.Where(point => point.Value is not null).DistinctBy(point => point.At)
            .Select(point => (Of: Key(part, apart), Point: point)));
        return minutes.GroupBy(each => each.Point.At).ToDictionary(minute => minute.Key, minute => Sum([.. minute]));

        MetricPoint Sum(List<(string Of, MetricPoint Point)> minute)
        {
            // Garbage is not silence: one such number makes the minute unusable, or a maximum would pass over it.
            var points = minute.ConvertAll(each => each.Point);
            if (!points.TrueForAll(SignalReader.IsUsable))
            {
                return new MetricPoint(points[0].At, double.NaN, null);
            }

            var isCounted = points.TrueForAll(point => point.Count is not null);
            double? value = metric.Aggregation switch
            {
                MetricAggregation.Minimum => points.Min(point => point.Value),
                MetricAggregation.Maximum => points.Max(point => point.Value),
                MetricAggregation.Average when isCounted => points.Sum(point => point.Value * point.Count) / points.Sum(point => point.Count),
                MetricAggregation.Average => points.Average(point => point.Value),
                _ => points.Sum(point => point.Value),
            };

            // Each disk of an instance is a sample: they weigh the mean, but the instance is there once.
            var count = isCounted ? minute.GroupBy(each => each.Of, StringComparer.Ordinal).Sum(of => of.Max(each => each.Point.Count)) : null;
            return new MetricPoint(points[0].At, value, count) { IsIncomplete = points.Count < parts.Count && !signal.IsZeroUsual };
        }
    }

    private static List<MetricPoint> Combine(
        List<Dictionary<DateTimeOffset, MetricPoint>> instances, SignalPolicy signal, SignalSource.Metric metric, int capacity)
    {
        var namesInstances = metric.Selector.IsSplitByInstance;
        return [.. instances.SelectMany(each => each.Values).GroupBy(point => point.At).OrderBy(minute => minute.Key).Select(minute => Point(minute.Key, [.. minute]))];

        MetricPoint Point(DateTimeOffset at, List<MetricPoint> points)
        {
            var values = points.ConvertAll(point => point.Value!.Value);
            var lacksSome = points.Exists(point => point.IsIncomplete);
            if (values.Exists(double.IsNaN))
            {
                return new MetricPoint(at, double.NaN, null);
            }

            if (signal.Measures == SignalMeasure.Total)
            {
                var asked = metric.IsOwn && namesInstances ? capacity : 0;
                return new MetricPoint(at, Together(values, metric.Selector.Aggregation), null)
                {
                    IsIncomplete = lacksSome || (values.Count < Math.Max(asked, instances.Count) && !signal.IsZeroUsual),
                };
            }

            // Where nobody says that values are instances, they may still be, so fewer than were asked for are in doubt;
            // unless what reported each of them was counted.
            var isCounted = points.TrueForAll(point => point.Count is not null);
            var expected = metric.IsOwn && (namesInstances || !isCounted) ? capacity : 0;
            return new MetricPoint(at, metric.Combination.Of(values), namesInstances ? values.Count : isCounted ? points.Max(point => point.Count) : null)
            {
                IsIncomplete = lacksSome || values.Count < Math.Max(expected, instances.Count),
            };
        }
    }

    private static double Together(List<double> values, MetricAggregation aggregation) => aggregation switch
    {
        MetricAggregation.Minimum => values.Min(),
        MetricAggregation.Maximum => values.Max(),
        _ => values.Sum(),
    };
}
