namespace ScaleFunctions.Core.Signals;

/// <summary>The answer to a metric query for one resource.</summary>
public abstract record MetricSeries
{
    private MetricSeries()
    {
    }

    public sealed record Received(IReadOnlyList<MetricPoint> Points) : MetricSeries;

    /// <summary>A time series for each combination of the values of the dimensions that were asked for.</summary>
    public sealed record Split(IReadOnlyList<DimensionSeries> Parts) : MetricSeries;

    public sealed record Failed(string Reason) : MetricSeries;
}
