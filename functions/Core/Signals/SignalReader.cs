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
            MetricSeries.Received received => Read(signal, received.Points, now, capacity, busyAt),
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
        SignalPolicy signal, IReadOnlyList<MetricPoint> points, DateTimeOffset now, int capacity, DateTimeOffset? busyAt)
    {
        var (samples, end) = Arrived(signal, points, now, capacity);
        if (samples.Count == 0)
        {
            return new SignalReading.Missing(signal.Name, "no samples");
        }

        var newest = DateTimeOffset.MinValue;
        foreach (var sample in samples)
        {
            newest = sample.At > newest ? sample.At : newest;
        }

        if (now - newest > signal.MaximumAge)
        {
            return new SignalReading.Stale(signal.Name, newest, now - newest);
        }

        // The window ends at the newest sample that arrived, were it garbage: else garbage would hide a minute.
        samples.RemoveAll(sample => sample.At <= end - signal.Window);
        return samples.Count == 0
            ? new SignalReading.Missing(signal.Name, "no samples in the window")
            : Averaged(signal, Counted(samples), newest, now, (capacity, busyAt));
    }

    private static SignalReading Averaged(
        SignalPolicy signal, List<MetricPoint> window, DateTimeOffset newest, DateTimeOffset now, (int Capacity, DateTimeOffset? BusyAt) past)
    {
        var (instances, load, whole) = (0d, 0d, 0);
        var (busyLoad, busy) = (0d, 0);
        foreach (var sample in window)
        {
            var count = Instances(signal, sample, past.Capacity);
            var each = signal.Measures == SignalMeasure.Total ? sample.Value!.Value : sample.Value!.Value * count;
            (instances, load) = (instances + count, load + each);
            (busyLoad, busy) = each > 0 ? (busyLoad + each, busy + 1) : (busyLoad, busy);
            whole += sample.IsIncomplete ? 0 : 1;
        }

        (instances, load) = (instances / window.Count, load / window.Count);
        var value = instances > 0 ? load / instances : 0;
        if (load == 0 && !signal.IsZeroUsual && past.BusyAt is { } busyAt && now - busyAt < ZeroDoubt)
        {
            return new SignalReading.SuspiciousZero(signal.Name, busyAt);
        }

        var expected = Math.Max(1, (int)Math.Round(signal.Window / Grain));
        return whole < RequiredCoverage * expected
            ? new SignalReading.Partial(signal.Name, value, instances, load, newest, whole, expected)
            {
                Doubt = window.Count < RequiredCoverage * expected ? "samples are missing" : "some of what it is made of did not report",
            }
            : new SignalReading.Present(signal.Name, value, instances, load, newest)
            {
                BusyLoad = load > 0 && !signal.IsZeroUsual ? busyLoad / busy : load,
            };
    }

    /// <summary>Only samples that count instances say how many share the load; else all that were asked for do.</summary>
    private static double Instances(SignalPolicy signal, MetricPoint point, int capacity) =>
        signal.CountsInstances ? point.Count ?? capacity : Math.Max(1, capacity);

    /// <summary>
    /// What the source has answered by now: what of it can be true, the first of each minute, and when the newest of all of it
    /// is. Samples without a number have yet to arrive, and a minute that is not over is no sample: the total of half a minute
    /// would read as half the load. Every minute of every target passes here, so it is one loop.
    /// </summary>
    private static (List<MetricPoint> Samples, DateTimeOffset End) Arrived(
        SignalPolicy signal, IReadOnlyList<MetricPoint> points, DateTimeOffset now, int capacity)
    {
        var samples = new List<MetricPoint>(points.Count);
        var (end, latest, countsReports) = (DateTimeOffset.MinValue, long.MinValue, CountsReports(signal));
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (!IsOver(point, now))
            {
                continue;
            }

            var sample = signal.CountsInstances ? point : point with
            {
                Count = null,
                IsIncomplete = point.IsIncomplete || (countsReports && point.Count < capacity),
            };
            end = sample.At > end ? sample.At : end;
            if (IsUsable(sample) && (Minute(sample) > latest || IsNew(Minute(sample), samples)))
            {
                samples.Add(sample);
                latest = Math.Max(latest, Minute(sample));
            }
        }

        return (samples, end);
    }

    private static bool IsNew(long minute, List<MetricPoint> samples) => samples.TrueForAll(sample => Minute(sample) != minute);

    private static long Minute(MetricPoint point) => point.At.UtcTicks / Grain.Ticks;

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
    private static List<MetricPoint> Counted(List<MetricPoint> window)
    {
        if (window.Exists(point => point.Count is not null))
        {
            window.RemoveAll(point => point.Count is null);
        }

        return window;
    }
}
