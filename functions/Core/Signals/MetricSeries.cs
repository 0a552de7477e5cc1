namespace ScaleFunctions.Core.Signals;

/// <summary>The answer to a metric query for one target.</summary>
public abstract record MetricSeries
{
    private MetricSeries()
    {
    }

    public sealed record Received(IReadOnlyList<MetricPoint> Points) : MetricSeries;

    public sealed record Failed(string Reason) : MetricSeries;
}
