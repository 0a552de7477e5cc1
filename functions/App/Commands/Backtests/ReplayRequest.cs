namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>What shall be replayed, as it was asked for.</summary>
internal sealed record ReplayRequest
{
    public required string Policies { get; init; }

    /// <summary>The recording; empty when it is to be made of <see cref="Resource"/> and nobody named a file.</summary>
    public required string Trace { get; init; }

    /// <summary>Name or id of the resource whose load is recorded first; absent when the recording is there.</summary>
    public string? Resource { get; init; }

    /// <summary>Days of it.</summary>
    public int History { get; init; }

    /// <summary>State directory of the run that knows it.</summary>
    public string? State { get; init; }

    public string? Workload { get; init; }

    /// <summary>The signal the load stands for.</summary>
    public string? Signal { get; init; }

    /// <summary>Instances the load is scaled to need on the average; absent: its values are instances.</summary>
    public double? Mean { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public double? Days { get; init; }

    public required TimeSpan Boot { get; init; }

    public decimal? Price { get; init; }

    public string? Sku { get; init; }

    public string? Region { get; init; }

    public int Zones { get; init; }

    /// <summary>File of autoscale settings to compare with.</summary>
    public string? Autoscale { get; init; }

    /// <summary>Which setting of them.</summary>
    public string? AutoscaleOf { get; init; }
}
