namespace ScaleFunctions.Core.Backtests;

/// <summary>How one way of scaling did.</summary>
public sealed record BacktestRow
{
    public required string Policy { get; init; }

    public required ScalingMeasures Measures { get; init; }

    /// <summary>Instance hours over those of perfect foresight.</summary>
    public required double CostOverOracle { get; init; }

    public required int ShortMinutes { get; init; }

    /// <summary>Those of them in which the recording was at its end, so that more may have been missing.</summary>
    public required int CappedShortMinutes { get; init; }

    public static BacktestRow Of(string policy, ReplayedLoad load, FleetCourse course, ScalingMeasures oracle)
    {
        var demand = load.Demand;
        var measures = ScalingMeasures.Of(demand, course);
        var (missing, capped) = (0, 0);
        for (var minute = demand.ScoredFrom; minute < demand.Minutes; minute++)
        {
            if (course.Serving[minute] < demand.Needed[minute])
            {
                missing++;
                capped += load.IsCapped(minute) ? 1 : 0;
            }
        }

        return new BacktestRow
        {
            Policy = policy,
            Measures = measures,
            CostOverOracle = measures.InstanceHours / oracle.InstanceHours,
            ShortMinutes = missing,
            CappedShortMinutes = capped,
        };
    }
}
