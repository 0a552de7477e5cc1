using NodaTime;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class AutoscaledFleetTests
{
    private const int Day = 24 * 60;

    private static readonly TargetId Target = Some.Target().Id;

    [Fact]
    public void Two_rules_do_what_the_peer_with_these_rules_does()
    {
        var load = Wave();
        var setting = Setting(1, 1000, Rule(RuleDirection.Increase, 70), Rule(RuleDirection.Decrease, 30));
        var own = FleetReplay.Run(load.Demand, new AutoscaledFleet(setting, load, []), Terms, TestContext.Current.CancellationToken);
        var peer = FleetReplay.Run(load.Demand, new AzureRules(AzureRuleSettings.ByOne), Terms, TestContext.Current.CancellationToken);

        Assert.True(own.Changes.Count(change => change != 0) > 20);
        Assert.Equal(peer.Billed, own.Billed);
    }

    [Fact]
    public void Is_a_row_beside_the_others_only_where_there_is_a_setting()
    {
        var (load, setup) = (Wave(), Replays.Setup());
        var without = Replays.Run(setup, load);
        var with = Replays.Run(setup with { Native = Setting(2, 50, Rule(RuleDirection.Increase, 60), Rule(RuleDirection.Decrease, 20)) }, load);

        Assert.Equal([Backtest.Own, Backtest.None, Backtest.Azure], without.Rows.Select(row => row.Policy));
        Assert.Equal([Backtest.Own, Backtest.None, Backtest.Azure, Backtest.Native], with.Rows.Select(row => row.Policy));
        Assert.Equal(without.Rows, with.Rows.Take(3));
        Assert.True(with.Rows[3].Measures.ActionsPerDay > 1);
    }

    [Fact]
    public void Profiles_hold_by_the_clock_of_the_recording()
    {
        var load = Replays.Load(Replays.Constant(1, Day));
        var setting = Setting(1, 10) with
        {
            Profiles =
            [
                Profile("night", 1, 10, new ProfileTime.Recurring([new WeeklyStart(IsoDayOfWeek.Monday, new LocalTime(18, 0))], DateTimeZone.Utc)),
                Profile("day", 6, 10, new ProfileTime.Recurring([new WeeklyStart(IsoDayOfWeek.Monday, new LocalTime(8, 0))], DateTimeZone.Utc), Rule(RuleDirection.Decrease, 90)),
                Profile("usual", 1, 10, new ProfileTime.Otherwise()),
            ],
        };
        var course = FleetReplay.Run(load.Demand, new AutoscaledFleet(setting, load, []), Terms, TestContext.Current.CancellationToken);

        Assert.Equal(DayOfWeek.Monday, Replays.Start.DayOfWeek);
        Assert.Equal((2, 6, 6), (course.Billed[(8 * 60) - 1], course.Billed[(8 * 60) + 1], course.Billed[Day - 1]));
    }

    [Fact]
    public void A_metric_that_the_load_does_not_tell_cannot_be_read()
    {
        var load = Wave();
        var setting = Setting(1, 10, Rule(RuleDirection.Increase, 70) with { Metric = "Disk Read Bytes" }) with { Predictive = PredictiveScaleMode.Enabled };
        var fleet = new AutoscaledFleet(setting with { Profiles = [setting.Profiles[0] with { Default = 7 }] }, load, []);
        var course = FleetReplay.Run(load.Demand, fleet, Terms, TestContext.Current.CancellationToken);

        Assert.Equal(7, course.Billed[^1]);
        Assert.Equal(
            ["its predictive part is not known, and not replayed: only its rules are", "its rules on 'Disk Read Bytes' cannot read it, because the recorded load does not tell it"],
            fleet.Unshown());
    }

    [Fact]
    public void The_metric_of_another_resource_is_not_taken_for_the_own_one()
    {
        var load = Wave();
        var setting = Setting(1, 100, Rule(RuleDirection.Increase, 1) with { Resource = $"{Target}-other" });

        Assert.Single(new AutoscaledFleet(setting, load, []).Unshown());
    }

    [Fact]
    public void A_setting_that_is_off_changes_nothing()
    {
        var load = Wave();
        var fleet = new AutoscaledFleet(Setting(5, 10, Rule(RuleDirection.Increase, 10)) with { IsEnabled = false }, load, []);
        var course = FleetReplay.Run(load.Demand, fleet, Terms, TestContext.Current.CancellationToken);

        Assert.All(course.Changes, change => Assert.Equal(0, change));
        Assert.Equal(["it is switched off: the count stays as it is"], fleet.Unshown());
    }

    private static FleetTerms Terms { get; } = new() { FirstInstances = 2 };

    private static ReplayedLoad Wave() => Replays.Load(Enumerable.Range(0, 2 * Day).Select(minute => 6 - (5 * Math.Cos(minute * 2 * Math.PI / Day))));

    private static AutoscaleSetting Setting(int minimum, int maximum, params AutoscaleRule[] rules) => new()
    {
        Target = Target,
        IsEnabled = true,
        Profiles = [Profile("usual", minimum, maximum, new ProfileTime.Otherwise(), rules)],
    };

    private static AutoscaleProfile Profile(string name, int minimum, int maximum, ProfileTime when, params AutoscaleRule[] rules) => new()
    {
        Name = name,
        Minimum = minimum,
        Maximum = maximum,
        Default = minimum,
        When = when,
        Rules = rules,
    };

    private static AutoscaleRule Rule(RuleDirection direction, double threshold) => new()
    {
        Metric = "Percentage CPU",
        Resource = Target.Value,
        Grain = TimeSpan.FromMinutes(1),
        Statistic = SampleStatistic.Average,
        Window = TimeSpan.FromMinutes(5),
        Aggregation = WindowAggregation.Average,
        Operator = direction == RuleDirection.Increase ? RuleOperator.GreaterThan : RuleOperator.LessThan,
        Threshold = threshold,
        Direction = direction,
        Change = RuleChange.ChangeCount,
        Value = 1,
        Cooldown = TimeSpan.FromMinutes(5),
    };
}
