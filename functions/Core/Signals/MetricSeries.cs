namespace ScaleFunctions.Core.Signals;

/// <summary>What a source answered for one signal: a metric of one resource, or a number of this moment.</summary>
public abstract record MetricSeries
{
    private MetricSeries()
    {
    }

    public sealed record Received(IReadOnlyList<MetricPoint> Points) : MetricSeries;

    /// <summary>A time series for each combination of the values of the dimensions that were asked for.</summary>
    public sealed record Split(IReadOnlyList<DimensionSeries> Parts) : MetricSeries;

    /// <summary>One number of this moment, from a source without history.</summary>
    /// <param name="Value">As it came: whether it can be true is judged where it is used.</param>
    /// <param name="At">When it was so.</param>
    public sealed record Momentary(double Value, DateTimeOffset At) : MetricSeries;

    public sealed record Failed(string Reason) : MetricSeries;
}
