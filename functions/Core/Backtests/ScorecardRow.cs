namespace ScaleFunctions.Core.Backtests;

/// <summary>How one policy did on one series.</summary>
public sealed record ScorecardRow
{
    public required string Trace { get; init; }

    public required double MeanInstances { get; init; }

    public required double ScoredDays { get; init; }

    public required string Policy { get; init; }

    /// <summary>Instance hours over those of perfect foresight.</summary>
    public required double CostOverOracle { get; init; }

    public required ScalingMeasures Measures { get; init; }
}
