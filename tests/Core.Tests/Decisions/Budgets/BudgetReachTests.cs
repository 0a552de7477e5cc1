using System.Globalization;
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

    /// <summary>
    /// 10 instances of 0.20 an hour, of which 6 go by the lower maximum: 4 are left for 96 hours, each 0.08 cheaper.
    /// <code>
    /// lowerMaximum to 4     6 × 96 h × 0.20          = 115.20
    /// cheaperSize           4 × 96 h × (0.20 − 0.12) =  30.72
    /// cheaper still         4 × 96 h × (0.12 − 0.05) =  26.88
    /// </code>
    /// </summary>
    [Fact]
    public void A_cheaper_size_saves_the_difference_on_what_is_left()
    {
        var further = SomeBudget.Cheaper with { Name = "further", Size = "B1" };
        var member = Plan(10) with { Cheaper = new Dictionary<string, decimal> { ["cheaperSize"] = 0.12m, ["further"] = 0.05m } };
        var reach = Reach([SomeBudget.Lower with { Select = SomeBudget.Cheaper.Select }, SomeBudget.Cheaper, further], member);

        Assert.Equal([new StepReach("lowerMaximum", 115.20m, 0, 1, 0), new StepReach("cheaperSize", 30.72m, 0, 1, 0), new StepReach("further", 26.88m, 0, 1, 0)], reach.Steps);
    }

    [Fact]
    public void A_cheaper_size_without_a_price_is_counted_and_saves_nothing_nor_does_one_that_is_dearer()
    {
        Assert.Equal([new StepReach("cheaperSize", 0, 0, 1, 1)], Reach([SomeBudget.Cheaper], Plan(4)).Steps);
        Assert.Equal([new StepReach("cheaperSize", 0, 0, 1, 0)], Reach([SomeBudget.Cheaper], Plan(4) with { Cheaper = new Dictionary<string, decimal> { ["cheaperSize"] = 0.30m } }).Steps);
        Assert.Equal([new StepReach("cheaperSize", 0, 0, 1, 0)], Reach([SomeBudget.Cheaper], Plan(4) with { IsCritical = true, Cheaper = new Dictionary<string, decimal> { ["cheaperSize"] = 0.10m } }).Steps);
    }

    /// <summary>4 × 96 h × (0.20 − 0.12) = 30.72, of a scale set and of a machine alike; what nothing rolls a size out on gets none.</summary>
    [Theory]
    [InlineData("Microsoft.Compute/virtualMachineScaleSets", 1, "30.72")]
    [InlineData("Microsoft.Compute/virtualMachines", 1, "30.72")]
    [InlineData("Microsoft.EventHub/namespaces", 0, "0")]
    public void Whatever_a_size_is_rolled_out_on_gets_a_cheaper_one(string type, int resources, string saves)
    {
        var target = Some.Target(4) with { Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{type}/web") };
        var member = new ReachMember(target, 1, 50, 0.20m) { Cheaper = new Dictionary<string, decimal> { ["cheaperSize"] = 0.12m } };

        Assert.Equal([new StepReach("cheaperSize", decimal.Parse(saves, CultureInfo.InvariantCulture), 0, resources, 0)], Reach([SomeBudget.Cheaper with { Select = new TargetSelector { ResourceType = type } }], member).Steps);
    }

    private static ReachMember Plan(int instances) => new(
        Some.Target(instances) with { Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{SomeBudget.Plan}/web") }, 1, 50, 0.20m);

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
