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
    /// <param name="load">What is replayed.</param>
    /// <param name="learns">Whether the policies learn from all that came before, as forecasts do; each part then warms up on all of it.</param>
    public static TuningSplit Of(ReplayedLoad load, bool learns)
    {
        var demand = load.Demand;
        var split = demand.ScoredFrom + (int)((demand.Minutes - demand.ScoredFrom) * FirstShare);
        return new TuningSplit(Before(demand.ScoredFrom, split), Before(split, demand.Minutes));

        ReplayedLoad Before(int scoredFrom, int end) => load.Part((learns ? 0 : Math.Max(0, scoredFrom - WarmUpMinutes))..end, scoredFrom);
    }
}
