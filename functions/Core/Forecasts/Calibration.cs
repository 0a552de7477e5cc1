using ScaleFunctions.Core.Forecasts.Bounds;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>What a history taught about the models and their errors. It is made hourly or less often, and can be stored.</summary>
public sealed record Calibration
{
    /// <summary>Names of the models that take part.</summary>
    public required string[] Models { get; init; }

    /// <summary>Weights by bucket of the horizon and model; those of a bucket sum to 1.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>Errors by bucket of the horizon.</summary>
    public required ScoreTable[] Bounds { get; init; }

    /// <summary>How the level follows new values until the next refit.</summary>
    public required LevelRule Level { get; init; }

    /// <summary>Errors of the maximum over some steps, by their number.</summary>
    public IReadOnlyList<LeadTimeBound> Leads { get => field ?? []; init; } = [];

    /// <summary>Points of the season.</summary>
    public required int Period { get; init; }

    /// <summary>Share of the deseasonalised variance that the season explains, 0 to 1.</summary>
    public required double SeasonalStrength { get; init; }
}
