using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Assessments;

public sealed class CapacityUsesTests
{
    private const int Quarters = 7 * 24 * 4;

    private static readonly AssessmentTerms Terms = new();
    private static readonly ProcessorMetric Processors = ProcessorMetric.Of(Some.Id())!;

    [Fact]
    public void Ten_instances_at_12_percent_would_have_been_two()
    {
        var use = Judged(Enumerable.Repeat((12d, 10), Quarters));

        Assert.Equal((10, 2, 8), (use.MeanInstances, use.Needed, use.Surplus));
        Assert.Equal(12, use.MeanPercent, 6);
        Assert.Equal((0d, 0d), (use.ChangesPerDay, use.ReversalsPerDay));
    }

    [Fact]
    public void What_one_quarter_in_a_hundred_needs_is_no_surplus()
    {
        // Eight quarters of 672 are more than one in a hundred.
        var use = Judged(Enumerable.Range(0, Quarters).Select(quarter => (quarter % 84 == 0 ? 60d : 6d, 10)));

        Assert.Equal((10, 0), (use.Needed, use.Surplus));
    }

    [Fact]
    public void What_the_platform_asks_for_is_no_surplus() =>
        Assert.Equal(3, Judged(Enumerable.Repeat((1d, 5), Quarters), Some.Target() with { Least = new PlatformBound(3, "a plan over zones") }).Needed);

    [Fact]
    public void A_plan_is_counted_with_the_instances_it_has_now()
    {
        var id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/serverfarms/api");
        var points = Enumerable.Range(0, Quarters).Select(quarter => new MetricPoint(At(quarter), 10, 15));
        var use = Assert.IsType<CapacityUse.Judged>(CapacityUses.Of(
            Some.Target(capacity: 6) with { Id = id }, ProcessorMetric.Of(id)!, new MetricSeries.Received([.. points]), Terms));

        Assert.True(use.IsCountAssumed);
        Assert.Equal((6, 1, null, null), (use.MeanInstances, use.Needed, use.ReversalsPerDay, use.ChangesPerDay));
    }

    [Fact]
    public void A_machine_is_one_for_as_long_as_it_ran()
    {
        var points = Enumerable.Range(0, Quarters / 2).Select(quarter => new MetricPoint(At(quarter), quarter % 2 == 0 ? 10 : 30, 15));
        var use = Assert.IsType<CapacityUse.Judged>(Machine(capacity: 0, points));

        Assert.Equal((0.5, 0.3, 20d, 1, 0), (use.MeanInstances, use.Load, Math.Round(use.MeanPercent, 9), use.Needed, use.Surplus));
        Assert.Equal((false, null, null), (use.IsCountAssumed, use.ReversalsPerDay, use.Jump));
        Assert.Equal("it does not run, and did not", Assert.IsType<CapacityUse.Unjudged>(Machine(capacity: 0, [])).Why);
    }

    [Fact]
    public void A_capacity_that_is_sold_in_steps_is_raised_to_the_next_one()
    {
        var id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Sql/servers/s/databases/orders");
        var target = Some.Target(capacity: 20) with { Id = id, Sku = "GP_Gen5" };
        var points = Enumerable.Range(0, Quarters).Select(quarter => new MetricPoint(At(quarter), 14, 15));
        var use = Assert.IsType<CapacityUse.Judged>(CapacityUses.Of(
            target, ProcessorMetric.Of(id, target.Sku)!, new MetricSeries.Received([.. points]), Terms, new CapacityRange(2, 80, [2, 4, 6, 8])));

        Assert.Equal((6, 14), (use.Needed, use.Surplus));
        Assert.Equal("cpu_percent", ProcessorMetric.Of(id, target.Sku)!.Selector.Name);
        Assert.Equal("dtu_consumption_percent", ProcessorMetric.Of(id, "Standard")!.Selector.Name);
    }

    [Fact]
    public void Less_than_half_of_the_span_is_too_short() => Assert.Equal(
        "too short a history: 60 hours of 7 days",
        Assert.IsType<CapacityUse.Unjudged>(Of(Enumerable.Repeat((12d, 10), 240))).Why);

    [Fact]
    public void No_metrics_are_not_zero_load()
    {
        var none = Assert.IsType<CapacityUse.Unjudged>(Of([]));
        var failed = Assert.IsType<CapacityUse.Unjudged>(CapacityUses.Of(Some.Target(), Processors, new MetricSeries.Failed("403"), Terms));

        Assert.Equal(("it has no metrics", false), (none.Why, none.IsGap));
        Assert.Equal(("its metrics could not be read: 403", true), (failed.Why, failed.IsGap));
    }

    [Fact]
    public void Samples_that_are_absent_or_cannot_be_are_left_out()
    {
        var points = Enumerable.Range(0, Quarters).Select(quarter => new MetricPoint(At(quarter), (quarter % 3) switch { 0 => 12, 1 => 400, _ => null }, 150));

        Assert.IsType<CapacityUse.Unjudged>(CapacityUses.Of(Some.Target(), Processors, new MetricSeries.Received([.. points]), Terms));
    }

    [Fact]
    public void Counts_that_go_forth_and_back_within_the_hour_are_reversals()
    {
        var fast = Judged(Enumerable.Range(0, Quarters).Select(quarter => (30d, quarter % 4 < 2 ? 4 : 5)));
        var slow = Judged(Enumerable.Range(0, Quarters).Select(quarter => (30d, quarter % 96 < 48 ? 4 : 5)));

        Assert.Equal(48, fast.ReversalsPerDay!.Value, 0);
        Assert.Equal(0, slow.ReversalsPerDay);
        Assert.Equal(2, slow.ChangesPerDay!.Value, 0);
    }

    [Fact]
    public void Jumps_to_one_count_from_others_look_like_a_pipeline()
    {
        var load = Judged(Enumerable.Range(0, Quarters).Select(quarter => (30d, 10 + (int)(7 * Math.Sin(quarter * 0.9)))));
        var profiles = Judged(Enumerable.Range(0, Quarters).Select(quarter => (30d, quarter % 96 < 48 ? 3 : 8)));

        Assert.Equal(3, Assert.IsType<RepeatedJump>(Judged(Saw()).Jump).To);
        Assert.Null(load.Jump);
        Assert.Null(profiles.Jump);
    }

    private static CapacityUse Machine(int capacity, IEnumerable<MetricPoint> points)
    {
        var id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/build");
        return CapacityUses.Of(
            Some.Target(capacity) with { Id = id, Least = new PlatformBound(0, "a virtual machine") }, ProcessorMetric.Of(id)!, new MetricSeries.Received([.. points]), Terms);
    }

    private static IEnumerable<(double, int)> Saw() => Enumerable.Range(0, Quarters).Select(quarter => (30d, 3 + (quarter % 96 / (8 + (quarter / 96)))));

    private static CapacityUse.Judged Judged(IEnumerable<(double Percent, int Instances)> quarters, ObservedTarget? target = null) =>
        Assert.IsType<CapacityUse.Judged>(Of(quarters, target));

    private static CapacityUse Of(IEnumerable<(double Percent, int Instances)> quarters, ObservedTarget? target = null) => CapacityUses.Of(
        target ?? Some.Target(), Processors, new MetricSeries.Received([.. quarters.Select((quarter, index) => new MetricPoint(At(index), quarter.Percent, 15 * quarter.Instances))]), Terms);

    private static DateTimeOffset At(int quarter) => Some.Noon.AddMinutes(15 * quarter);
}
