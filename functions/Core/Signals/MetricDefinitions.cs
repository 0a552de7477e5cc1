namespace ScaleFunctions.Core.Signals;

/// <summary>Which metrics a resource has.</summary>
public abstract record MetricDefinitions
{
    private MetricDefinitions()
    {
    }

    public sealed record Read(IReadOnlyList<MetricDefinition> Metrics) : MetricDefinitions;

    public sealed record Unreadable(string Reason) : MetricDefinitions;
}
