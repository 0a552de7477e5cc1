using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Every policy the scorecard knows, in its order.</summary>
public static class ScoredPolicies
{
    /// <summary>What is scored when nothing else is asked for: the peers, and our own rows.</summary>
    public static IReadOnlyList<ScoredPolicy> Usual { get; } = [.. PeerCatalogue.All];

    /// <summary>All that can be asked for by name.</summary>
    public static IReadOnlyList<ScoredPolicy> All { get; } = [.. Usual, .. PeerCatalogue.Calmer];
}
