using ScaleFunctions.Core.Backtests.Tuning;

namespace ScaleFunctions.App.Commands.Tuning;

/// <summary>A combination and what it came to, as it is printed.</summary>
internal sealed record TuneLine
{
    public bool IsChosen { get; init; }

    /// <summary>What the policies say now.</summary>
    public bool IsPresent { get; init; }

    public double? Target { get; init; }

    public TimeSpan? Stabilization { get; init; }

    public double? TolerancePercent { get; init; }

    public int? Minimum { get; init; }

    /// <summary>On the part it may be chosen by.</summary>
    public required double CostOverOracle { get; init; }

    public required double ShortPercent { get; init; }

    /// <summary>On the part after it.</summary>
    public double? RestCostOverOracle { get; init; }

    public double? RestShortPercent { get; init; }

    public double? RestActionsPerDay { get; init; }

    public static TuneLine Of(TunedPoint tried) => new()
    {
        Target = tried.Point.Target,
        Stabilization = tried.Point.Stabilization,
        TolerancePercent = tried.Point.Tolerance * 100,
        Minimum = tried.Point.Minimum,
        CostOverOracle = tried.First.CostOverOracle,
        ShortPercent = tried.First.Measures.ShortPercent,
        RestCostOverOracle = tried.Rest?.CostOverOracle,
        RestShortPercent = tried.Rest?.Measures.ShortPercent,
        RestActionsPerDay = tried.Rest?.Measures.ActionsPerDay,
    };
}
