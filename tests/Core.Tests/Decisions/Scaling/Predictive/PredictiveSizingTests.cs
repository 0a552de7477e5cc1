using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;
using ScaleFunctions.Core.Decisions.Scaling.Predictive;
using ScaleFunctions.Core.Tests.Backtests;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling.Predictive;

public sealed class PredictiveSizingTests
{
    private const int Day = 1440;

    private static readonly PredictiveSizingSettings Calm = new()
    {
        ShortagePrice = 15,
        ActionPrice = 0.001,
        Paces = [SizingPace.Swift, new SizingPace(60, 0.05)],
    };

    [Fact]
    public void What_comes_later_changes_no_earlier_decision()
    {
        var load = Waves.Busy(9);
        var other = load.Select((value, minute) => minute < 7 * Day ? value : 3 * value).ToArray();

        var (one, two) = (Decisions(load, Calm), Decisions(other, Calm));

        Assert.Equal(one[..(7 * Day)], two[..(7 * Day)]);
        Assert.NotEqual(one[(7 * Day)..], two[(7 * Day)..]);
    }

    [Fact]
    public void The_same_loads_give_the_same_counts() =>
        Assert.Equal(Decisions(Waves.Busy(8), Calm), Decisions(Waves.Busy(8), Calm));

    [Fact]
    public void A_peak_at_the_same_time_of_every_day_finds_the_instances_there()
    {
        // From 10 to 30 instances within two minutes at eight in the morning: too fast for whoever only reacts.
        var series = DemandSeries.Scale("morning", [.. Enumerable.Range(0, 9 * Day).Select(minute => minute % Day is >= 480 and < 1080 ? 30d : 10d)], 18);
        var course = FleetReplay.Run(series, new PredictiveFleetPolicy(new PredictiveSizingSettings { ShortagePrice = 60 }), TestContext.Current.CancellationToken);

        Assert.Equal(0, ScalingMeasures.Of(series, course).ShortPercent);
        Assert.InRange(ScalingMeasures.Of(series, course).InstanceHours / ScalingMeasures.Of(series, Oracle.Plan(series)).InstanceHours, 1, 1.35);
    }

    [Fact]
    public void A_dearer_shortage_leaves_fewer_minutes_short()
    {
        var series = DemandSeries.Scale("busy", Waves.Busy(9), 20);
        var (cheap, dear) = (Score(series, new() { ShortagePrice = 2 }), Score(series, new() { ShortagePrice = 40 }));

        Assert.True(dear.ShortPercent < cheap.ShortPercent, $"{dear.ShortPercent} against {cheap.ShortPercent}");
        Assert.True(dear.InstanceHours > cheap.InstanceHours);
    }

    [Fact]
    public void Dearer_changes_are_fewer()
    {
        var series = DemandSeries.Scale("busy", Waves.Busy(9), 20);
        var (swift, calm) = (Score(series, Calm with { ActionPrice = 0 }), Score(series, Calm with { ActionPrice = 0.005 }));

        Assert.True(calm.ActionsPerDay < 0.6 * swift.ActionsPerDay, $"{calm.ActionsPerDay} against {swift.ActionsPerDay}");
    }

    [Fact]
    public void A_steady_load_is_left_alone()
    {
        var series = DemandSeries.Scale("steady", [.. Enumerable.Repeat(7d, 8 * Day)], 6.5);

        var measures = Score(series, PredictiveSizingSettings.Strict);

        Assert.Equal((0, 0, 0), (measures.ShortPercent, measures.ActionsPerDay, measures.OverPercent));
    }

    [Fact]
    public void No_load_keeps_one_instance() => Assert.Equal(1, Decisions(new double[4 * Day], PredictiveSizingSettings.Strict)[^1]);

    [Fact]
    public void Full_processors_make_it_jump()
    {
        var sizing = new PredictiveSizing(PredictiveSizingSettings.Strict);
        sizing.Observe(12.5, serving: 10, isSaturated: true);
        var jumped = sizing.Decide(10);
        var other = new PredictiveSizing(PredictiveSizingSettings.Strict);
        other.Observe(1.25, serving: 10, isSaturated: true);

        Assert.True(jumped >= 14);
        Assert.Equal(14, other.Decide(10));
    }

    [Fact]
    public void A_minute_between_two_choices_allocates_nothing()
    {
        var load = Waves.Busy(5);
        var sizing = new PredictiveSizing(PredictiveSizingSettings.Strict);
        var most = 0L;
        for (var minute = 0; minute < load.Length; minute++)
        {
            var isChoice = (minute + 1) % 360 == 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            sizing.Observe(20 * load[minute], 20, isSaturated: false);
            sizing.Decide(20);
            most = isChoice || minute < Day + 60 ? most : Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, most);
    }

    private static ScalingMeasures Score(DemandSeries series, PredictiveSizingSettings settings) =>
        ScalingMeasures.Of(series, FleetReplay.Run(series, new PredictiveFleetPolicy(settings), TestContext.Current.CancellationToken));

    private static int[] Decisions(double[] load, PredictiveSizingSettings settings)
    {
        var sizing = new PredictiveSizing(settings);
        var capacity = 1;
        return [.. load.Select(value =>
        {
            sizing.Observe(20 * value, capacity, isSaturated: false);
            return capacity = sizing.Decide(capacity);
        })];
    }
}
