using CsCheck;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class FleetModelTests
{
    private static readonly Gen<(int Initial, int Boot, (int Goal, int Arriving, double Demand)[] Minutes)> Histories =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 6], Gen.Select(Gen.Int[0, 30], Gen.Int[0, 10], Gen.Double[0, 40]).Array[1, 60]);

    [Fact]
    public void Instances_serve_after_the_boot_time_and_are_billed_at_once()
    {
        var fleet = new FleetModel(2, bootMinutes: 4);
        var first = fleet.Step(1.5);
        fleet.Request(4);
        var minutes = Enumerable.Range(0, 5).Select(_ => fleet.Step(3)).ToArray();

        Assert.Equal(60, first.CpuPercent);
        Assert.False(first.IsShort);
        Assert.Equal([2, 2, 2, 2, 4], minutes.Select(minute => minute.Ready));
        Assert.All(minutes, minute => Assert.Equal(4, minute.Capacity));
        Assert.Equal([100, 100, 100, 100, 60], minutes.Select(minute => minute.CpuPercent!.Value));
        Assert.Equal(4, fleet.MinutesShort);
        Assert.Equal(2 + (5 * 4), fleet.InstanceMinutes);
        Assert.Equal(22 / 60d, fleet.InstanceHours);
    }

    [Fact]
    public void Removal_is_immediate_and_takes_the_newest_booting_instances_first()
    {
        var fleet = new FleetModel(2, bootMinutes: 4);
        fleet.Request(4);
        fleet.Step(1);
        fleet.Request(7);
        fleet.Request(5);

        Assert.Equal((2, 3), (fleet.Ready, fleet.Booting));
        fleet.Step(1);
        fleet.Step(1);
        fleet.Step(1);
        Assert.Equal((4, 1), (fleet.Ready, fleet.Booting));
        fleet.Request(1);
        Assert.Equal((1, 0), (fleet.Ready, fleet.Booting));
    }

    [Fact]
    public void A_failed_allocation_brings_only_what_could_be_had()
    {
        var fleet = new FleetModel(2, bootMinutes: 1);
        fleet.Request(10, arriving: 3);
        fleet.Step(1);

        Assert.Equal((5, 0), (fleet.Ready, fleet.Booting));
    }

    [Fact]
    public void A_restarted_instance_is_billed_on_and_serves_again_after_the_boot_time()
    {
        var fleet = new FleetModel(4, bootMinutes: 2);
        fleet.Restart(3);
        Assert.Equal((1, 3, 4), (fleet.Ready, fleet.Booting, fleet.Capacity));

        Assert.True(fleet.Step(2).IsShort);
        fleet.Step(2);

        Assert.Equal((4, 0, 8L), (fleet.Ready, fleet.Booting, fleet.InstanceMinutes));
        Assert.Throws<ArgumentOutOfRangeException>(() => fleet.Restart(5));
    }

    [Fact]
    public void Without_boot_time_instances_serve_in_the_same_minute()
    {
        var fleet = new FleetModel(1, bootMinutes: 0);
        fleet.Request(3);

        Assert.False(fleet.Step(3).IsShort);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, true)]
    [InlineData(2, 2, false)]
    [InlineData(2.001, 2, true)]
    public void A_minute_is_short_when_fewer_are_ready_than_the_whole_instances_needed(double demand, int ready, bool isShort) =>
        Assert.Equal(isShort, new FleetMinute(demand, ready, ready).IsShort);

    [Fact]
    public void An_empty_fleet_reports_no_processor_use() => Assert.Null(new FleetMinute(3, 0, 0).CpuPercent);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    public void An_impossible_demand_is_a_bug(double demand) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FleetModel(1, 1).Step(demand));

    [Fact]
    public void Accounts_are_the_sums_of_the_minutes() => Histories.Sample(history =>
    {
        var fleet = new FleetModel(history.Initial, history.Boot);
        var minutes = new List<FleetMinute>();
        foreach (var (goal, arriving, demand) in history.Minutes)
        {
            fleet.Request(goal, arriving);
            minutes.Add(fleet.Step(demand));
        }

        Assert.Equal(minutes.Sum(minute => (long)minute.Capacity), fleet.InstanceMinutes);
        Assert.Equal(minutes.Count(minute => minute.Demand > minute.Ready || minute.Ready == 0), fleet.MinutesShort);
        Assert.Equal(minutes.Count, fleet.Minute);
    });

    [Fact]
    public void Counts_are_never_negative_and_never_exceed_what_was_asked_for() => Histories.Sample(history =>
    {
        var fleet = new FleetModel(history.Initial, history.Boot);
        foreach (var (goal, arriving, demand) in history.Minutes)
        {
            var before = fleet.Capacity;
            fleet.Request(goal, arriving);
            Assert.Equal(goal <= before ? goal : Math.Min(goal, before + arriving), fleet.Capacity);
            var minute = fleet.Step(demand);
            Assert.InRange(fleet.Ready, 0, fleet.Capacity);
            Assert.True(fleet.Booting >= 0);
            Assert.True(minute.CpuPercent is null or (>= 0 and <= 100));
        }
    });

    [Fact]
    public void A_fleet_left_alone_for_the_boot_time_is_wholly_ready() => Histories.Sample(history =>
    {
        var fleet = new FleetModel(history.Initial, history.Boot);
        foreach (var (goal, arriving, demand) in history.Minutes)
        {
            fleet.Request(goal, arriving);
            fleet.Step(demand);
        }

        for (var i = 0; i < history.Boot; i++)
        {
            fleet.Step(0);
        }

        Assert.Equal(0, fleet.Booting);
    });
}
