using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Scores policies on one series beside perfect foresight.</summary>
public sealed class Scorecard(DemandSeries series)
{
    private readonly ScalingMeasures _oracle = ScalingMeasures.Of(series, Peers.Oracle.Plan(series));

    /// <summary>The row of perfect foresight, which the cost of the others is relative to.</summary>
    public ScorecardRow Oracle => Row(PeerCatalogue.Oracle, _oracle);

    /// <summary>Leads a policy through the series. Safe to call from several threads.</summary>
    public ScorecardRow Score(ScoredPolicy policy, CancellationToken cancellationToken = default) =>
        Row(policy.Name, ScalingMeasures.Of(series, FleetReplay.Run(series, policy.Create(series), cancellationToken)));

    private ScorecardRow Row(string policy, ScalingMeasures measures) => new()
    {
        Trace = series.Name,
        MeanInstances = series.MeanInstances,
        ScoredDays = series.ScoredDays,
        Policy = policy,
        CostOverOracle = measures.InstanceHours / _oracle.InstanceHours,
        Measures = measures,
    };
}
