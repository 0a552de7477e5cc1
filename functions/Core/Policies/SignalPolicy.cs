namespace ScaleFunctions.Core.Policies;

/// <summary>A named reading: the mean over a window of what a source says, or a formula over other signals.</summary>
public sealed record SignalPolicy
{
    public required string Name { get; init; }

    public required SignalSource From { get; init; }

    /// <summary>What the number is.</summary>
    public SignalMeasure Measures { get; init; }

    /// <summary>Span of samples that are averaged. Default 3 minutes: long enough to pass over a one-minute spike.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The value from which on the signal hides how much is wanted. Default of a percentage: 98, because averages rarely reach
    /// 100. Absent: never.
    /// </summary>
    public double? SaturatedAt { get; init; }

    /// <summary>
    /// Age beyond which the newest sample is stale. Default 8 minutes: platform metrics arrive 2 to 3 minutes late.
    /// </summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// Whether exactly zero is a usual value, as of errors or of a queue. Otherwise a zero right after being busy is taken for a
    /// broken source.
    /// </summary>
    public bool IsZeroUsual { get; init; }

    /// <summary>What is wanted while it cannot be read.</summary>
    public MissingDataPolicy MissingData { get; init; } = MissingDataPolicy.Hold;

    /// <summary>
    /// Whether the samples count the target's instances: each instance gives one a minute to a metric of its own. Where they do
    /// not, all instances asked for are taken to share the load.
    /// </summary>
    public bool CountsInstances => Measures == SignalMeasure.PerInstance
        && From is SignalSource.Metric { IsOwn: true, Selector: { Aggregation: not (MetricAggregation.Total or MetricAggregation.Count) } or { IsSplit: true } };
}
