namespace ScaleFunctions.Core.Signals;

/// <summary>
/// One grain of a metric as Azure Monitor sent it. Aggregates can be absent: an absent number is unknown, never zero.
/// </summary>
/// <param name="At">Start of the grain.</param>
/// <param name="Average">Mean over the instances that reported.</param>
/// <param name="Count">Samples in the grain; platform metrics of a scale set have one per instance and minute.</param>
public readonly record struct MetricPoint(DateTimeOffset At, double? Average, double? Count);
