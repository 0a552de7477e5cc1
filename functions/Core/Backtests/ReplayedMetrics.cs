using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// Makes the samples that a metric source would have answered with. All samples of a run stand in one array each, of which an
/// evaluation is handed a piece: a minute costs no copies.
/// </summary>
internal sealed class ReplayedMetrics
{
    private readonly ReplayedLoad _load;
    private readonly bool _countsInstances;
    private readonly List<(SignalPolicy Signal, MetricPoint[] Points, int Window)> _shown;
    private readonly Dictionary<string, MetricSeries> _metrics = [];
    private int _filled;

    /// <param name="signals">What each shows.</param>
    /// <param name="load">The load that is replayed.</param>
    /// <param name="countsInstances">Whether samples tell how many instances they stand for, as those of scale sets do.</param>
    public ReplayedMetrics(IReadOnlyList<ReplayedSignal> signals, ReplayedLoad load, bool countsInstances)
    {
        (_load, _countsInstances) = (load, countsInstances);
        _shown = [.. signals.Where(signal => signal.As is ReplayedAs.Cpu or ReplayedAs.Load).Select(signal =>
            (signal.Policy, new MetricPoint[load.Demand.Minutes], (int)Math.Ceiling(signal.Policy.Window / SignalReader.Grain)))];
        foreach (var signal in signals.Where(signal => signal.As is ReplayedAs.Missing or ReplayedAs.Unfit))
        {
            _metrics[signal.Name] = new MetricSeries.Failed($"not replayed: {signal.Why}");
        }
    }

    /// <summary>The samples that have arrived, by the name of the signal. The same object each minute, with other content.</summary>
    public IReadOnlyDictionary<string, MetricSeries> At(FleetView view)
    {
        for (; _filled < view.Seen; _filled++)
        {
            foreach (var (signal, points, _) in _shown)
            {
                points[_filled] = Point(signal, view, _filled);
            }
        }

        foreach (var (signal, points, window) in _shown)
        {
            var from = Math.Max(0, view.Seen - window);
            var seen = new ArraySegment<MetricPoint>(points, from, view.Seen - from);
            _metrics[signal.Name] = signal is { CountsInstances: true, From: SignalSource.Metric { Selector.IsSplit: true } metric }
                ? Split(metric, seen, view.Serving[from..])
                : new MetricSeries.Received(seen);
        }

        return _metrics;
    }

    private MetricPoint Point(SignalPolicy signal, FleetView view, int minute)
    {
        var serving = view.Serving[minute];
        double? value = serving == 0 ? null
            : SignalScale.Highest(signal) is { } highest ? view.Cpu[minute] * highest
            : signal.Measures == SignalMeasure.Total ? view.Load[minute] * _load.UnitsPerInstance
            : view.Load[minute] * _load.UnitsPerInstance / serving;
        return new MetricPoint(_load.At(minute), value, _countsInstances && signal.CountsInstances ? serving : null);
    }

    /// <summary>Instances are alike, so each shows the mean; the one that came last goes first.</summary>
    private static MetricSeries.Split Split(SignalSource.Metric metric, ArraySegment<MetricPoint> seen, ReadOnlySpan<int> serving)
    {
        var parts = new List<DimensionSeries>();
        var most = 0;
        foreach (var count in serving[..seen.Count])
        {
            most = Math.Max(most, count);
        }

        for (var instance = 0; instance < most; instance++)
        {
            var name = $"instance-{instance}";
            var points = new List<MetricPoint>(seen.Count);
            for (var i = 0; i < seen.Count; i++)
            {
                if (serving[i] > instance)
                {
                    points.Add(seen[i] with { Count = 1 });
                }
            }

            parts.Add(new DimensionSeries(metric.Selector.Splits.ToDictionary(split => split, _ => name, StringComparer.OrdinalIgnoreCase), points));
        }

        return new MetricSeries.Split(parts);
    }
}
