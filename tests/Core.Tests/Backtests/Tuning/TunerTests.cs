using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Tuning;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests.Tuning;

public sealed class TunerTests
{
    private static readonly ReplayedLoad Load = Replays.Load(Waves.Busy(4).Select(each => each * 10), 1440);

    [Fact]
    public void The_rest_begins_where_the_first_part_ends_and_is_a_third()
    {
        var split = TuningSplit.Of(Load, learns: false);

        Assert.Equal((2 * 1440, 1440), (split.First.Demand.Minutes - split.First.Demand.ScoredFrom, split.Rest.Demand.Minutes - split.Rest.Demand.ScoredFrom));
        Assert.Equal(split.First.At(split.First.Demand.Minutes), split.Rest.At(split.Rest.Demand.ScoredFrom));
        Assert.Equal(1440, split.Rest.Demand.ScoredFrom);
    }

    [Fact]
    public void Policies_that_learn_warm_up_on_all_that_came_before()
    {
        var load = Replays.Load(Waves.Busy(6), 3 * 1440);
        var split = TuningSplit.Of(load, learns: true);

        Assert.Equal((load.Start, 3 * 1440, 5 * 1440), (split.First.Start, split.First.Demand.ScoredFrom, split.First.Demand.Minutes));
        Assert.Equal((load.Start, 5 * 1440, 6 * 1440), (split.Rest.Start, split.Rest.Demand.ScoredFrom, split.Rest.Demand.Minutes));
    }

    [Fact]
    public void A_point_that_changes_nothing_is_the_backtest_itself()
    {
        var split = TuningSplit.Of(Load, learns: false);
        var tried = new Tuner(Replays.Setup(), split).Try(new TuningPoint(), TestContext.Current.CancellationToken);

        Assert.Equal(Replays.Run(Replays.Setup(), split.First).Own, tried.First);
    }

    [Fact]
    public void A_lower_target_costs_more_and_is_short_less()
    {
        var tuner = new Tuner(Replays.Setup(), TuningSplit.Of(Load, learns: false));
        var (low, high) = (tuner.Try(new TuningPoint(Target: 40), TestContext.Current.CancellationToken), tuner.Try(new TuningPoint(Target: 75), TestContext.Current.CancellationToken));

        Assert.True(low.First.CostOverOracle > high.First.CostOverOracle);
        Assert.True(low.First.Measures.ShortPercent < high.First.Measures.ShortPercent);
    }

    [Fact]
    public void The_frontier_holds_what_nothing_beats_and_the_cheapest_allowed_is_chosen()
    {
        TunedPoint[] tried = [Point(1, 2.0, 0), Point(2, 1.5, 0.4), Point(3, 1.6, 0.45), Point(4, 1.2, 0.5), Point(5, 1.1, 3), Point(6, 1.2, 4)];
        var frontier = Tuner.Frontier(tried);

        Assert.Equal([1, 2, 4, 5], frontier.Select(each => each.Point.Minimum!.Value));
        Assert.Equal(4, Tuner.Choose(frontier, 0.5)!.Point.Minimum);
        Assert.Equal(2, Tuner.Choose(frontier, 0.49)!.Point.Minimum);
        Assert.Null(Tuner.Choose(Tuner.Frontier(tried[1..]), 0.1));
    }

    [Fact]
    public void What_the_policies_say_now_is_among_what_is_usually_tried()
    {
        var setup = Replays.Setup(Some.Horizontal(scaleIn: new DirectionBehavior { Stabilization = Some.Minutes(7) }), Some.LoadBased([Some.Tracking(63)]));
        var grid = TuningGrid.Usual(setup.Policies, setup.Policies.LoadBased!.TargetTracking[0], isPercentage: true);

        Assert.Contains(grid.Points(), point => point == new TuningPoint(63, Some.Minutes(7), 0.1));
        Assert.InRange(grid.Count, 20, TuningGrid.MostPoints);
        Assert.Equal(grid.Count, grid.Points().Count);
    }

    private static TunedPoint Point(int number, double cost, double shortPercent)
    {
        var row = Replays.Run(Replays.Setup(), Replays.Load(Replays.Constant(6, 60))).Own;
        return new TunedPoint(new TuningPoint(Minimum: number), row with { CostOverOracle = cost, Measures = row.Measures with { ShortPercent = shortPercent } });
    }
}
