namespace ScaleFunctions.Core.Policies;

/// <summary>A named reading: the mean of a per-instance metric over a window.</summary>
public sealed record SignalPolicy
{
    public required string Name { get; init; }

    /// <summary>Azure Monitor metric name, for example <c>Percentage CPU</c>.</summary>
    public required string Metric { get; init; }

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
}
