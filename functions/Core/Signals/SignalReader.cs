using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>Turns the samples of a metric into a reading, and says when they prove nothing.</summary>
public static class SignalReader
{
    /// <summary>
    /// Share of the expected samples a window must have before it may lower a capacity: the average over a half-filled
    /// window after an outage is what made autoscalers shrink busy services (grafana/mimir#7691). All of them, because any
    /// one that is left out may be the one that was high: a missing sample must never lower more than the sample would.
    /// </summary>
    public const double RequiredCoverage = 1;

    /// <summary>How long after a busy sample an exact zero is not believed.</summary>
    public static readonly TimeSpan ZeroDoubt = TimeSpan.FromHours(1);

    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>Reads one signal of one target.</summary>
    /// <param name="signal">Window and largest age.</param>
    /// <param name="series">The samples, in any order, duplicates allowed (the first of a minute counts).</param>
    /// <param name="now">Time of the evaluation.</param>
    /// <param name="capacity">Instances to assume for samples that do not say how many reported.</param>
    /// <param name="busyAt">When the signal was last seen above zero, if ever.</param>
    public static SignalReading Read(
        SignalPolicy signal, MetricSeries series, DateTimeOffset now, int capacity, DateTimeOffset? busyAt) =>
        series switch
        {
            MetricSeries.Failed failed => new SignalReading.Missing(signal.Name, failed.Reason),
            MetricSeries.Received received => Read(signal, Arrived(signal, received.Points, now, capacity), now, capacity, busyAt),
            MetricSeries.Momentary read => MomentaryReader.Read(signal, read, now, capacity, busyAt),
            MetricSeries.Split => Read(signal, Whole(signal, series, now, capacity), now, capacity, busyAt),
            _ => throw new ArgumentOutOfRangeException(nameof(series)),
        };

    /// <summary>One series of what was split, as far as it is about the window; anything else stays as it is.</summary>
    /// <param name="signal">Says how parts are put together.</param>
    /// <param name="series">The answer of the source.</param>
    /// <param name="now">Time of the evaluation.</param>
    /// <param name="capacity">Instances asked for.</param>
    public static MetricSeries Whole(SignalPolicy signal, MetricSeries series, DateTimeOffset now, int capacity)
    {
        if (series is not MetricSeries.Split split)
        {
            return series;
        }

        var merged = SeriesMerge.Merge(signal, Latest(signal, split, now), capacity);
        return merged is MetricSeries.Received received && IsSilenceZero(signal) ? WithZeros(signal, received.Points, now, capacity) : merged;
    }

    private static SignalReading Read(
        SignalPolicy signal, List<MetricPoint> arrived, DateTimeOffset now, int capacity, DateTimeOffset? busyAt)
    {
        var usable = arrived.Where(IsUsable).DistinctBy(point => point.At.UtcTicks / Grain.Ticks).ToList();
        if (usable.Count == 0)
        {
            return new SignalReading.Missing(signal.Name, "no samples");
        }

        var newest = usable.Max(point => point.At);
        if (now - newest > signal.MaximumAge)
        {
            return new SignalReading.Stale(signal.Name, newest, now - newest);
        }

        // The window ends at the newest sample that arrived, were it garbage: else garbage would hide a minute.
        var end = arrived.Max(point => point.At);
        var window = Counted(usable.Where(point => point.At > end - signal.Window).ToList());
        if (window.Count == 0)
        {
            return new SignalReading.Missing(signal.Name, "no samples in the window");
        }

        var instances = window.Average(point => Instances(signal, point, capacity));
        var load = window.Average(Load);
        var value = instances > 0 ? load / instances : 0;
        if (load == 0 && !signal.IsZeroUsual && busyAt is { } busy && now - busy < ZeroDoubt)
        {
            return new SignalReading.SuspiciousZero(signal.Name, busy);
        }

        var expected = Math.Max(1, (int)Math.Round(signal.Window / Grain));
        var whole = window.Count(point => !point.IsIncomplete);
        return whole < RequiredCoverage * expected
            ? new SignalReading.Partial(signal.Name, value, instances, load, newest, whole, expected)
            {
                Doubt = window.Count < RequiredCoverage * expected ? "samples are missing" : "some of what it is made of did not report",
            }
            : new SignalReading.Present(signal.Name, value, instances, load, newest)
            {
                BusyLoad = load > 0 && !signal.IsZeroUsual ? window.Select(Load).Where(each => each > 0).Average() : load,
            };

        double Load(MetricPoint point) => signal.Measures == SignalMeasure.Total ? point.Value!.Value : point.Value!.Value * Instances(signal, point, capacity);
    }

    /// <summary>Only samples that count instances say how many share the load; else all that were asked for do.</summary>
    private static double Instances(SignalPolicy signal, MetricPoint point, int capacity) =>
        signal.CountsInstances ? point.Count ?? capacity : Math.Max(1, capacity);

    /// <summary>
    /// What the source has answered by now. Samples without a number have yet to arrive, and a minute that is not over is no
    /// sample: the total of half a minute would read as half the load.
    /// </summary>
    private static List<MetricPoint> Arrived(SignalPolicy signal, IReadOnlyList<MetricPoint> points, DateTimeOffset now, int capacity) =>
    [
        .. points.Where(point => IsOver(point, now)).Select(point => signal.CountsInstances ? point : point with
        {
            Count = null,
            IsIncomplete = point.IsIncomplete || (CountsReports(signal) && point.Count < capacity),
        }),
    ];

    private static bool IsOver(MetricPoint point, DateTimeOffset now) => point.Value is not null && point.At <= now - Grain;

    /// <summary>Whether the samples of a total are those of all own instances, so that fewer than these lack some.</summary>
    private static bool CountsReports(SignalPolicy signal) =>
        !signal.IsZeroUsual && signal is { Measures: SignalMeasure.Total, From: SignalSource.Metric { IsOwn: true, Selector.Dimensions.Count: 0 } };

    /// <summary>The parts that reported within the window: an instance that is gone is not missing.</summary>
    private static MetricSeries.Split Latest(SignalPolicy signal, MetricSeries.Split split, DateTimeOffset now)
    {
        var parts = split.Parts.Select(part => part with { Points = [.. part.Points.Where(point => IsOver(point, now)).Select(Weighed)] }).ToList();
        var end = parts.SelectMany(part => part.Points).Select(point => point.At).DefaultIfEmpty(now).Max();
        return new MetricSeries.Split([
            .. parts.Select(part => part with { Points = [.. part.Points.Where(point => point.At > end - signal.Window)] })
                .Where(part => part.Points.Count > 0)]);

        // Where samples count no instances their number is a weight at most: none of a status is no garbage.
        MetricPoint Weighed(MetricPoint point) => signal.CountsInstances || point.Count > 0 ? point : point with { Count = null };
    }

    /// <summary>
    /// Whether a split in which nothing reported says zero: where there were no errors there is no series of errors. Of what
    /// every instance always has, as its processor's use, silence is a broken source, whatever is usual.
    /// </summary>
    private static bool IsSilenceZero(SignalPolicy signal) => signal.IsZeroUsual
        && signal.From is SignalSource.Metric { Selector: var metric }
        && (metric.Aggregation is MetricAggregation.Total or MetricAggregation.Count || !(signal.CountsInstances && metric.IsSplitByInstance));

    /// <summary>The window with a zero in each silent minute; all of them when nothing was reported that is not too old.</summary>
    private static MetricSeries.Received WithZeros(SignalPolicy signal, IReadOnlyList<MetricPoint> points, DateTimeOffset now, int capacity)
    {
        var recent = points.Any(point => now - point.At <= signal.MaximumAge) ? points : [];
        var end = recent.Select(point => point.At).DefaultIfEmpty(now - Grain).Max();
        double? count = recent.Any(point => point.Count is not null) ? Math.Max(1, capacity) : null;
        var known = recent.Select(point => point.At.UtcTicks / Grain.Ticks).ToHashSet();
        var zeros = Enumerable.Range(0, Math.Max(1, (int)Math.Round(signal.Window / Grain))).Select(ago => end - (ago * Grain))
            .Where(at => !known.Contains(at.UtcTicks / Grain.Ticks))
            .Select(at => new MetricPoint(at, 0, count));
        return new MetricSeries.Received([.. recent.Concat(zeros).OrderBy(point => point.At)]);
    }

    /// <summary>
    /// Whether a sample can be true. Numbers that are not finite are dropped here because they would pass every later
    /// comparison: NaN is neither above nor below a threshold, and converts to the integer 0.
    /// </summary>
    internal static bool IsUsable(MetricPoint point) =>
        point.Value is { } value && double.IsFinite(value) && value is >= 0 and < 1e12
            && point.Count is null or (> 0 and < 1e6);

    /// <summary>A source that counts its instances does so in every sample; one that does not is incomplete.</summary>
    private static List<MetricPoint> Counted(List<MetricPoint> window) =>
        window.Exists(point => point.Count is not null) ? window.FindAll(point => point.Count is not null) : window;
}
