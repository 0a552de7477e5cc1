using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Signals;

/// <summary>Reads which metrics a resource has.</summary>
public interface IMetricDefinitionSource
{
    /// <param name="resource">The resource.</param>
    /// <param name="metricNamespace">Namespace of guest or custom metrics; empty: that of the resource's type.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<MetricDefinitions> ReadAsync(MonitoredResource resource, string metricNamespace, CancellationToken cancellationToken);
}
