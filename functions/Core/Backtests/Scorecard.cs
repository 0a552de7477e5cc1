using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Policies beside perfect foresight, on one series after the other.</summary>
public static class Scorecard
{
    /// <summary>Scores policies on a series. The row of the oracle comes first.</summary>
    public static IEnumerable<ScorecardRow> Score(DemandSeries series, IEnumerable<Peer> policies, CancellationToken cancellationToken = default)
    {
        var oracle = ScalingMeasures.Of(series, Oracle.Plan(series));
        yield return Row(series, PeerCatalogue.Oracle, oracle, oracle);
        foreach (var policy in policies)
        {
            var course = FleetReplay.Run(series, policy.Create(series), cancellationToken);
            yield return Row(series, policy.Name, ScalingMeasures.Of(series, course), oracle);
        }
    }

    private static ScorecardRow Row(DemandSeries series, string policy, ScalingMeasures measures, ScalingMeasures oracle) => new()
    {
        Trace = series.Name,
        MeanInstances = series.MeanInstances,
        ScoredDays = series.ScoredDays,
        Policy = policy,
        CostOverOracle = measures.InstanceHours / oracle.InstanceHours,
        Measures = measures,
    };
}
