using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>How signals went, minute by minute, as a chart shows them: no windows, no judgement of doubt.</summary>
public static class SignalCourse
{
    private static readonly Dictionary<string, DateTimeOffset> NeverBusy = [];

    /// <summary>The course of each signal that has one; of a total the share of one instance, which is what its target is about.</summary>
    /// <param name="signals">Metrics and formulas.</param>
    /// <param name="metrics">The samples, by the name of the signal.</param>
    /// <param name="capacityAt">The instances asked for at a time; null when it is not known.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> Of(
        IReadOnlyList<SignalPolicy> signals, IReadOnlyDictionary<string, MetricSeries> metrics, Func<DateTimeOffset, int?> capacityAt)
    {
        var points = signals.Where(signal => signal.From is SignalSource.Metric).ToDictionary(
            signal => signal.Name, signal => Points(signal, metrics.GetValueOrDefault(signal.Name)));
        var courses = signals.Where(signal => signal.From is SignalSource.Metric).ToDictionary(
            signal => signal.Name,
            signal => (IReadOnlyList<MetricPoint>)[.. points[signal.Name].Values.Select(point => Shared(signal, point, capacityAt(point.At)))]);
        var minutes = signals.Any(signal => signal.From is SignalSource.Calculated)
            ? points.Values.SelectMany(each => each.Keys).Distinct().Order().Where(at => capacityAt(at) is not null).Select(at => At(at, signals, points, capacityAt(at)!.Value)).ToList()
            : [];
        foreach (var signal in signals.Where(signal => signal.From is SignalSource.Calculated))
        {
            courses[signal.Name] = [.. minutes.SelectMany(minute => minute).Where(each => each.Signal == signal.Name).Select(each => each.Point)];
        }

        return courses;
    }

    /// <summary>What the formulas come to in one minute; those that cannot be calculated are left out.</summary>
    private static List<(string Signal, MetricPoint Point)> At(
        DateTimeOffset at, IReadOnlyList<SignalPolicy> signals, Dictionary<string, SortedDictionary<DateTimeOffset, MetricPoint>> points, int capacity)
    {
        // Without a window there is one sample, and a zero in a chart is a zero.
        var momentary = signals.Select(signal => signal with { Window = SignalReader.Grain, IsZeroUsual = true }).ToList();
        var samples = points.ToDictionary(
            each => each.Key,
            each => each.Value.TryGetValue(at, out var point) ? (MetricSeries)new MetricSeries.Received([point]) : new MetricSeries.Failed("no sample"));
        var calculated = SignalReadings.Of(momentary, samples, at + SignalReader.Grain, capacity, NeverBusy).Zip(signals).Where(each => each.Second.From is SignalSource.Calculated);
        return [.. calculated.SelectMany(each => each.First switch
        {
            SignalReading.Present present => [(each.Second.Name, new MetricPoint(at, present.Value, present.Instances))],
            SignalReading.Partial partial => [(each.Second.Name, new MetricPoint(at, partial.Value, partial.Instances))],
            _ => Array.Empty<(string, MetricPoint)>(),
        })];
    }

    private static SortedDictionary<DateTimeOffset, MetricPoint> Points(SignalPolicy signal, MetricSeries? series)
    {
        var points = series is not null && SeriesMerge.Merge(signal, series, 0) is MetricSeries.Received received ? received.Points : [];
        return new(points.Where(point => point.Value is { } value && double.IsFinite(value)).DistinctBy(point => point.At).ToDictionary(point => point.At));
    }

    private static MetricPoint Shared(SignalPolicy signal, MetricPoint point, int? capacity) =>
        signal.Measures == SignalMeasure.Total ? point with { Value = capacity is { } count ? point.Value / Math.Max(1, count) : null, Count = capacity } : point;
}
