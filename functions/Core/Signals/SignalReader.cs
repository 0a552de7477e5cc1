using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>Turns the samples of a metric into a reading, and says when they prove nothing.</summary>
public static class SignalReader
{
    /// <summary>
    /// Share of the expected samples a window must have before it may lower a capacity: the average over a half-filled
    /// window after an outage is what made autoscalers shrink busy services (grafana/mimir#7691).
    /// </summary>
    public const double RequiredCoverage = 0.8;

    /// <summary>Samples further ahead than this are discarded: clocks differ by seconds, not minutes.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>How long after a busy sample an exact zero is not believed.</summary>
    public static readonly TimeSpan ZeroDoubt = TimeSpan.FromHours(1);

    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>Reads one signal of one target.</summary>
    /// <param name="signal">Window and largest age.</param>
    /// <param name="series">The samples, in any order, duplicates allowed (the first one counts).</param>
    /// <param name="now">Time of the evaluation.</param>
    /// <param name="capacity">Instances to assume for samples that do not say how many reported.</param>
    /// <param name="busyAt">When the signal was last seen above zero, if ever.</param>
    public static SignalReading Read(
        SignalPolicy signal, MetricSeries series, DateTimeOffset now, int capacity, DateTimeOffset? busyAt) =>
        series switch
        {
            MetricSeries.Failed failed => new SignalReading.Missing(signal.Name, failed.Reason),
            MetricSeries.Received received => Read(signal, Usable(received.Points, now), now, capacity, busyAt),
            _ => throw new ArgumentOutOfRangeException(nameof(series)),
        };

    private static SignalReading Read(
        SignalPolicy signal, List<MetricPoint> usable, DateTimeOffset now, int capacity, DateTimeOffset? busyAt)
    {
        if (usable.Count == 0)
        {
            return new SignalReading.Missing(signal.Name, "no samples");
        }

        var newest = usable.Max(point => point.At);
        if (now - newest > signal.MaximumAge)
        {
            return new SignalReading.Stale(signal.Name, newest, now - newest);
        }

        var window = usable.Where(point => point.At > newest - signal.Window).ToList();
        var instances = window.Average(point => point.Count ?? capacity);
        var load = window.Average(point => point.Average!.Value * (point.Count ?? capacity));
        var value = instances > 0 ? load / instances : 0;
        if (load == 0 && busyAt is { } busy && now - busy < ZeroDoubt)
        {
            return new SignalReading.SuspiciousZero(signal.Name, busy);
        }

        var expected = Math.Max(1, (int)Math.Round(signal.Window / Grain));
        return window.Count < RequiredCoverage * expected
            ? new SignalReading.Partial(signal.Name, value, instances, load, newest, window.Count, expected)
            : new SignalReading.Present(signal.Name, value, instances, load, newest);
    }

    /// <summary>
    /// Drops what cannot be true. Numbers that are not finite are dropped here because they would pass every later
    /// comparison: NaN is neither above nor below a threshold, and converts to the integer 0.
    /// </summary>
    private static List<MetricPoint> Usable(IReadOnlyList<MetricPoint> points, DateTimeOffset now) =>
        [.. points
            .Where(point => point.At <= now + ClockTolerance
                && point.Average is { } average && double.IsFinite(average) && average is >= 0 and < 1e12
                && point.Count is null or (> 0 and < 1e6))
            .DistinctBy(point => point.At)];
}
