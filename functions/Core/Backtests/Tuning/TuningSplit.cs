namespace ScaleFunctions.Core.Backtests.Tuning;

/// <summary>
/// The part of a load on which a policy is chosen, and the later part on which the choice is scored: what was chosen for its
/// figures on some days says nothing by the same days.
/// </summary>
public sealed record TuningSplit(ReplayedLoad First, ReplayedLoad Rest)
{
    private const double FirstShare = 2 / 3.0;

    /// <summary>What a policy remembers at most, beside its forecasts.</summary>
    private const int WarmUpMinutes = ScalingProtocol.MinutesPerDay;

    /// <summary>Two thirds and one third of what is scored.</summary>
    public static TuningSplit Of(ReplayedLoad load)
    {
        var demand = load.Demand;
        var split = demand.ScoredFrom + (int)((demand.Minutes - demand.ScoredFrom) * FirstShare);
        return new TuningSplit(Before(demand.ScoredFrom, split), Before(split, demand.Minutes));

        ReplayedLoad Before(int scoredFrom, int end) => load.Part(Math.Max(0, scoredFrom - WarmUpMinutes)..end, scoredFrom);
    }
}
