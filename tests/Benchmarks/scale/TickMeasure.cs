namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What one tick took, over all workers.</summary>
internal sealed record TickMeasure
{
    /// <summary>Real time from the timer's call to the answer of the last message.</summary>
    public required TimeSpan Wall { get; init; }

    /// <summary>Simulated time spent waiting for Azure's limits and slow answers. It costs nothing here, and a tick's time there.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>Processor time of all workers together.</summary>
    public required TimeSpan Processor { get; init; }

    /// <summary>Resident set of the largest worker when the tick was over, MiB.</summary>
    public required double ResidentMegabytes { get; init; }

    public required double AllocatedMegabytes { get; init; }

    public required int Decisions { get; init; }

    /// <summary>Reads of Resource Manager and Resource Graph.</summary>
    public required long Reads { get; init; }

    public required long MetricCalls { get; init; }

    public required long Writes { get; init; }

    /// <summary>Requests that were answered 429.</summary>
    public required long Throttled { get; init; }

    /// <summary>Calls of functions that failed.</summary>
    public required int FailedCalls { get; init; }

    /// <summary>What Azure was asked, by method and kind.</summary>
    public required string Requests { get; init; }

    public double Seconds => (Wall + Waited).TotalSeconds;
}
