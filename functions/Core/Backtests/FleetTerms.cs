namespace ScaleFunctions.Core.Backtests;

/// <summary>What a simulated fleet starts with, how long its instances boot, and the bounds it keeps whatever is wanted.</summary>
public sealed record FleetTerms
{
    /// <summary>Instances that are ready at the start.</summary>
    public required int FirstInstances { get; init; }

    /// <summary>Minutes from asking for an instance to its first serving minute.</summary>
    public int BootMinutes { get; init; } = ScalingProtocol.BootMinutes;

    public int MinimumInstances { get; init; } = 1;

    public int MaximumInstances { get; init; } = int.MaxValue;

    /// <summary>Those under which the scorecard compares policies.</summary>
    public static FleetTerms OfProtocol(DemandSeries series) => new()
    {
        FirstInstances = series.FirstInstances,
        MaximumInstances = series.MaximumInstances,
    };
}
