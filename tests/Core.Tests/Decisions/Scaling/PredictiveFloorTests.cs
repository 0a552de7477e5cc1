using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class PredictiveFloorTests
{
    [Fact]
    public void Instances_are_asked_for_one_boot_ahead()
    {
        var decision = Decide(current: 4, cpu: 60, Schedule((0, 4), (5, 6), (15, 9)));

        Assert.Equal(6, decision.Desired);
        Assert.Equal(
            "predicted: 6 instances will be needed at 12:05 (a load of 300 is forecast, below 396 in 90 of 100 cases, by combined), "
            + "2 more than are wanted now (cpu 60 is close enough to its target of 60)",
            ReasonText.Of(decision.Reason));
    }

    [Fact]
    public void What_lies_beyond_the_boot_is_not_asked_for_yet() =>
        Assert.Equal(4, Decide(current: 4, cpu: 60, Schedule((0, 4), (5, 4), (10, 9))).Desired);

    [Fact]
    public void The_load_asks_for_more_than_was_forecast() =>
        Assert.Equal(8, Decide(current: 4, cpu: 120, Schedule((0, 5), (5, 5))).Desired);

    [Fact]
    public void An_instance_that_would_soon_be_needed_again_is_kept()
    {
        var decision = Decide(current: 8, cpu: 30, Schedule((0, 4), (5, 4), (10, 6), (15, 4)));

        // 6 carry the forecast 396 at the end of the tolerance, 7 at the target, as scaling in leaves it.
        Assert.Equal(7, decision.Desired);
        Assert.StartsWith("4 instances would do now, but predicted: 7 will be needed at 12:10", ReasonText.Of(decision.Reason), StringComparison.Ordinal);
    }

    [Fact]
    public void A_peak_after_the_next_boot_keeps_nothing() =>
        Assert.Equal(4, Decide(current: 8, cpu: 30, Schedule((0, 3), (5, 3), (10, 3), (15, 3), (20, 9))).Desired);

    [Fact]
    public void A_cooldown_after_scaling_in_makes_it_look_further() =>
        Assert.Equal(8, Decide(current: 8, cpu: 30, Schedule((0, 4), (5, 4), (10, 4), (15, 4), (20, 9)),
            Some.Horizontal(scaleIn: new DirectionBehavior { Cooldown = Some.Minutes(10) })).Desired);

    [Fact]
    public void A_schedule_that_expired_counts_no_more() =>
        Assert.Equal(4, Decide(current: 4, cpu: 60, Schedule((0, 9)) with { ExpiresAt = Some.Noon }).Desired);

    [Fact]
    public void It_raises_within_the_maximum() =>
        Assert.Equal(5, Decide(current: 4, cpu: 60, Schedule((0, 9)), Some.Horizontal(maximum: 5)).Desired);

    [Fact]
    public void It_raises_when_the_load_cannot_be_read() => Assert.Equal(9, ScalingDecisions.Decide(
        Some.Context(4, [Some.Missing()]) with { Schedule = Schedule((0, 9)) }).Desired);

    [Fact]
    public void A_count_that_follows_a_schedule_follows_no_forecast() =>
        Assert.Equal(2, Decide(current: 4, cpu: 60, Schedule((0, 9)), Some.Horizontal(minimum: 2) with { FollowsSchedule = true }).Desired);

    [Fact]
    public void What_may_be_lost_is_added()
    {
        var context = Some.Context(4, [Some.Present(40)]) with { Schedule = Schedule((0, 6)), Loss = LossToSurvive.Instance };

        Assert.Equal(7, ScalingDecisions.Decide(context).Desired);
    }

    [Fact]
    public void No_forecast_however_wrong_lowers_anything_or_leaves_the_bounds() => Gen.Select(
        Gen.Int[1, 40], Gen.Double[0, 100], Gen.Int[-1000, 100_000].Array[0, 30], Gen.Int[0, 30], Gen.Int[1, 60], Gen.Int[1, 30], Gen.Int[0, 30])
        .Sample((current, cpu, instances, offset, lead, minimum, span) =>
        {
            var horizontal = Some.Horizontal(minimum, minimum + span);
            var steps = instances.Select((count, index) => ((5 * index) - (offset * 5), count)).ToArray();
            var without = ScalingDecisions.Decide(Some.Context(current, [Some.Present(cpu, current)], horizontal));
            var with = Decide(current, cpu, Schedule(steps) with { Lead = Some.Minutes(lead) }, horizontal);

            Assert.True(with.Desired >= without.Desired, $"{with.Desired} instead of {without.Desired}");
            Assert.True(with.Desired <= Math.Max(without.Desired, Math.Max(current, horizontal.Maximum)));
        });

    private static ScalingDecision Decide(int current, double cpu, PredictiveSchedule schedule, HorizontalScalingPolicy? horizontal = null) =>
        ScalingDecisions.Decide(Some.Context(current, [Some.Present(cpu, current)], horizontal) with { Schedule = schedule });

    private static PredictiveSchedule Schedule(params (int Minutes, int Instances)[] steps) => Some.Schedule(steps) with { Lead = Some.Minutes(5) };
}
