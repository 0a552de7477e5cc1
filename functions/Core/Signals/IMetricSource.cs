using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Signals;

/// <summary>Reads metrics.</summary>
public interface IMetricSource
{
    /// <summary>
    /// Answers for every resource of the request. A resource whose metric could not be read gets
    /// <see cref="MetricSeries.Failed"/>; service and transport faults are never thrown.
    /// </summary>
    Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken);
}
