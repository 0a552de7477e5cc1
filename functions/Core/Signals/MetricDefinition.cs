using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>A metric as Azure Monitor describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aggregations">The numbers of a minute it has; empty when the description does not say.</param>
/// <param name="Dimensions">What its time series can be split by.</param>
public sealed record MetricDefinition(string Name, IReadOnlyList<MetricAggregation> Aggregations, IReadOnlyList<string> Dimensions);
