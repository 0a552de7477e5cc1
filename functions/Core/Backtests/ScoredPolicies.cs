using ScaleFunctions.Core.Backtests.Peers;
using ScaleFunctions.Core.Decisions.Scaling.Predictive;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Every policy the scorecard knows, in its order.</summary>
public static class ScoredPolicies
{
    /// <summary>Our own, one fixed configuration a row.</summary>
    public static IReadOnlyList<ScoredPolicy> Own { get; } =
    [
        Predictive("scalefunctions_strict", PredictiveSizingSettings.Strict),
        Predictive("scalefunctions_strict_calm", PredictiveSizingSettings.StrictCalm),
        Predictive("scalefunctions_strict_still", PredictiveSizingSettings.StrictStill),
        Predictive("scalefunctions_balanced", PredictiveSizingSettings.Balanced),
        Predictive("scalefunctions_balanced_calm", PredictiveSizingSettings.BalancedCalm),
    ];

    /// <summary>What is scored when nothing else is asked for: the peers, and our own rows.</summary>
    public static IReadOnlyList<ScoredPolicy> Usual { get; } = [.. PeerCatalogue.All, .. Own];

    /// <summary>All that can be asked for by name.</summary>
    public static IReadOnlyList<ScoredPolicy> All { get; } = [.. Usual, .. PeerCatalogue.Calmer];

    /// <summary>Policy files, by the code that evaluates them in production.</summary>
    public static ScoredPolicy OfFiles(ReplaySetup setup) =>
        new(Backtest.Own, series => new ReplayedPolicies(setup, ReplayedLoad.Made(series, series.Start)));

    private static ScoredPolicy Predictive(string name, PredictiveSizingSettings settings) => new(name, _ => new PredictiveFleetPolicy(settings));
}
