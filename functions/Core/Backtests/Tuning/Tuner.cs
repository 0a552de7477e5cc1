using ScaleFunctions.Core.Backtests.Peers;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Backtests.Tuning;

/// <summary>Tries combinations by the replay that <c>backtest</c> uses. Safe to call from several threads.</summary>
public sealed class Tuner(ReplaySetup setup, TuningSplit split)
{
    private readonly ScalingMeasures _first = Foresight(split.First, setup);
    private readonly ScalingMeasures _rest = Foresight(split.Rest, setup);

    /// <summary>The entry of target tracking that is tuned: the first whose signal is replayed; negative when there is none.</summary>
    public int Tracking { get; } = TrackingOf(setup);

    public TargetTrackingPolicy? Tracked => Tracking < 0 ? null : setup.Policies.LoadBased!.TargetTracking[Tracking];

    public bool IsPercentage => Tracked is { } tracked
        && SignalScale.Highest(setup.Policies.LoadBased!.Signals.First(signal => signal.Name == tracked.Signal)) is not null;

    /// <summary>On the part it may be chosen by.</summary>
    public TunedPoint Try(TuningPoint point, CancellationToken cancellationToken = default) =>
        new(point, Backtest.Score(With(point), split.First, _first, cancellationToken));

    /// <summary>On the part after it, too.</summary>
    public TunedPoint Prove(TunedPoint tried, CancellationToken cancellationToken = default) =>
        tried with { Rest = Backtest.Score(With(tried.Point), split.Rest, _rest, cancellationToken) };

    /// <summary>Those that no other beats in both: the least short first, each further one cheaper.</summary>
    public static IReadOnlyList<TunedPoint> Frontier(IEnumerable<TunedPoint> tried)
    {
        var frontier = new List<TunedPoint>();
        foreach (var each in tried.OrderBy(each => each.First.Measures.ShortPercent).ThenBy(each => each.First.CostOverOracle).ThenBy(each => each.First.Measures.ActionsPerDay))
        {
            if (frontier.Count == 0 || each.First.CostOverOracle < frontier[^1].First.CostOverOracle)
            {
                frontier.Add(each);
            }
        }

        return frontier;
    }

    /// <summary>The cheapest with at most this share of time short; null when there is none.</summary>
    public static TunedPoint? Choose(IReadOnlyList<TunedPoint> frontier, double shortPercent) =>
        frontier.LastOrDefault(each => each.First.Measures.ShortPercent <= shortPercent);

    private ReplaySetup With(TuningPoint point) => setup with { Policies = point.Apply(setup.Policies, Tracking) };

    private static ScalingMeasures Foresight(ReplayedLoad load, ReplaySetup setup) =>
        ScalingMeasures.Of(load.Demand, Oracle.Plan(load.Demand, setup.BootMinutes));

    private static int TrackingOf(ReplaySetup setup)
    {
        var shown = setup.Signals.Where(signal => signal.As is ReplayedAs.Cpu or ReplayedAs.Load or ReplayedAs.Calculated).Select(signal => signal.Name).ToHashSet();
        return (setup.Policies.LoadBased?.TargetTracking ?? []).Select((each, index) => (each.Signal, Index: index))
            .Where(each => shown.Contains(each.Signal)).Select(each => each.Index).DefaultIfEmpty(-1).First();
    }
}
