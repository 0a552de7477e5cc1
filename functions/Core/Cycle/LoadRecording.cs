using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Signals.Traces;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The load a resource has had, from the metrics that Azure keeps, as a recording that can be replayed.</summary>
public static class LoadRecording
{
    /// <summary>Azure keeps a minute's samples for 93 days; the newest day is not whole.</summary>
    public const int MostDays = 92;

    /// <summary>Fine enough to replay minutes between, and a fifth of the answers.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>Until then samples come in, and a grain of some of them is too little.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    /// <summary>Whether the past of a signal tells the load of all instances together.</summary>
    public static bool Tells(SignalPolicy signal) => signal.CountsInstances && LoadHistories.Source(signal) is not null;

    /// <summary>Asks for so many days until now.</summary>
    public static MetricRequest Request(SignalPolicy signal, ObservedTarget target, int days, DateTimeOffset now)
    {
        var metric = LoadHistories.Source(signal) ?? throw new ArgumentException("its past cannot be had", nameof(signal));
        var end = now - Late;
        end = end.AddTicks(-(end.UtcTicks % Grain.Ticks));
        return new MetricRequest([metric.Of(target)], metric.Selector, end - TimeSpan.FromDays(days), end) { Grain = Grain };
    }

    /// <summary>Instances that were needed, at a value that an instance carries.</summary>
    /// <param name="points">In grains of five minutes. Those that do not say of how many instances they are tell no load, and are left out.</param>
    /// <param name="perInstance">What an instance carries.</param>
    public static IReadOnlyList<TracePoint> Needed(IEnumerable<MetricPoint> points, double perInstance) =>
        [.. points
            .Where(point => SignalReader.IsUsable(point) && point.Count is not null)
            .Select((point, index) => new TracePoint(point.At, point.Value!.Value * (point.Count!.Value / Grain.TotalMinutes) / perInstance, index + 2))];

    /// <summary>Instances that reported, in the mean of each grain.</summary>
    public static IReadOnlyList<TracePoint> Reported(IEnumerable<MetricPoint> points) =>
        [.. points
            .Where(point => SignalReader.IsUsable(point) && point.Count is not null)
            .Select((point, index) => new TracePoint(point.At, point.Count!.Value / Grain.TotalMinutes, index + 2))];
}
