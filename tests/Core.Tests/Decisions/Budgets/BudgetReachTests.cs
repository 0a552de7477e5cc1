using NodaTime;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

/// <summary>Arithmetic by hand.</summary>
public sealed class BudgetReachTests
{
    private static readonly TargetTags Stoppable = SomeBudget.Tags((BudgetStep.StopTag, "true"));

    private static readonly BudgetStep Nights = new()
    {
        Name = "nights",
        Kind = BudgetStepKind.OffHours,
        When = new BudgetTrigger(null, 95),
        Select = SomeBudget.Everything,
        Off = [new ZonedWindow(new TimeWindow.Weekly([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], new LocalTime(20, 0), new LocalTime(6, 0)), DateTimeZone.Utc)],
    };

    /// <summary>
    /// 10 instances of 0.20 an hour for 96 hours from noon: 192.00. Four nights of 10 hours are 40 hours.
    /// <code>
    /// nights               10 × 40 h × 0.20 = 80.00
    /// lowerMaximum to 4     6 × 56 h × 0.20 = 67.20
    /// stop                  4 × 56 h × 0.20 = 44.80
    /// freeze            50 − 10 more, 56 h  = 448.00 prevented, nothing saved
    /// </code>
    /// </summary>
    [Fact]
    public void No_hour_of_an_instance_is_saved_twice()
    {
        var reach = Reach([Nights, SomeBudget.Lower, SomeBudget.Stop, SomeBudget.Freeze], new ReachMember(Some.Target(10, tags: Stoppable), 1, 50, 0.20m));

        Assert.Equal(
            [new StepReach("nights", 80, 0, 1, 0), new StepReach("lowerMaximum", 67.20m, 0, 1, 0), new StepReach("stop", 44.80m, 0, 1, 0), new StepReach("freezeScaleOut", 0, 448, 1, 0)],
            reach.Steps);
        Assert.Equal(192, reach.Saves);
    }

    [Fact]
    public void What_has_no_price_is_counted_and_saves_nothing() =>
        Assert.Equal([new StepReach("lowerMaximum", 0, 0, 1, 1)], Reach([SomeBudget.Lower], new ReachMember(Some.Target(10), 1, 50, PerHour: null)).Steps);

    [Fact]
    public void What_did_not_opt_in_is_not_stopped() =>
        Assert.Equal([new StepReach("stop", 0, 0, 0, 0)], Reach([SomeBudget.Stop], new ReachMember(Some.Target(10), 1, 50, 0.20m)).Steps);

    [Fact]
    public void A_maximum_is_not_lowered_below_the_minimum() =>
        Assert.Equal(0.20m * 2 * 96, Reach([SomeBudget.Lower], new ReachMember(Some.Target(10), 8, 50, 0.20m)).Saves);

    [Fact]
    public void What_the_platform_keeps_is_not_saved()
    {
        var plan = Some.Target(3, tags: Stoppable) with { Least = new PlatformBound(1, "a plan") };

        Assert.Equal(0.20m * 2 * 96, Reach([SomeBudget.Stop], new ReachMember(plan, 1, 50, 0.20m)).Saves);
    }

    private static BudgetReach Reach(BudgetStep[] ladder, params ReachMember[] members) => BudgetReach.Of(SomeBudget.Policy(ladder), members, Some.Noon, Some.Noon.AddHours(96));
}
