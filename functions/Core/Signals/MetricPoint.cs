namespace ScaleFunctions.Core.Signals;

/// <summary>
/// One grain of a metric as Azure Monitor sent it. Aggregates can be absent: an absent number is unknown, never zero.
/// </summary>
/// <param name="At">Start of the grain.</param>
/// <param name="Value">The aggregate that was asked for; by default the mean over the instances that reported.</param>
/// <param name="Count">Samples in the grain; platform metrics of a scale set have one per instance and minute, so 15 of one instance in a quarter of an hour.</param>
public readonly record struct MetricPoint(DateTimeOffset At, double? Value, double? Count)
{
    /// <summary>Whether a part of what the number stands for did not report: it may raise a capacity, never lower it.</summary>
    public bool IsIncomplete { get; init; }
}
