using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class ForecastUseTests
{
    private static readonly PredictiveSchedule Peak = Some.Schedule((0, 6), (5, 9));

    [Fact]
    public void A_schedule_raises() => Assert.Equal(9, Evaluate(Peak).Goal);

    [Fact]
    public void Without_a_policy_it_does_not() => Assert.Equal(4, Evaluate(Peak, policy: null).Goal);

    [Fact]
    public void In_forecast_only_it_does_not() => Assert.Equal(4, Evaluate(Peak, Some.Predictive(PredictiveMode.ForecastOnly)).Goal);

    [Fact]
    public void Not_accepted_it_does_not() => Assert.Equal(4, Evaluate(Peak with { ForecastOnly = "it is still learning: 3 of 12 trials" }).Goal);

    [Fact]
    public void Expired_it_does_not() => Assert.Equal(4, Evaluate(Peak with { ExpiresAt = Some.Noon }).Goal);

    [Fact]
    public void Made_for_another_target_it_does_not() => Assert.Equal(4, Evaluate(Peak with { LoadPerInstance = 50 }).Goal);

    [Fact]
    public void Made_for_another_signal_it_does_not() => Assert.Equal(4, Evaluate(Peak with { Signal = "requests" }).Goal);

    [Fact]
    public void Made_for_another_size_it_does_not()
    {
        Assert.Equal(4, Evaluate(Peak with { Size = SomeSizes.Big }).Goal);
        Assert.Equal(9, Evaluate(Peak with { Size = Some.Target().Sku }).Goal);
    }

    [Fact]
    public void The_maximum_holds_unless_the_policy_lets_it_be_raised()
    {
        Assert.Equal(8, Evaluate(Peak, Some.Predictive(), maximum: 8).Goal);
        Assert.Equal(9, Evaluate(Peak, Some.Predictive(raisedMaximum: 20), maximum: 8).Goal);
        Assert.Equal(20, Evaluate(Some.Schedule((0, 90)), Some.Predictive(raisedMaximum: 20), maximum: 8).Goal);
    }

    [Fact]
    public void A_raised_maximum_is_no_higher_than_guardrails_allow() =>
        Assert.Equal(10, Evaluate(Some.Schedule((0, 90)), Some.Predictive(raisedMaximum: 20), maximum: 8, ceiling: 10).Goal);

    [Fact]
    public void A_raised_maximum_ends_with_the_forecast_that_asked_for_it()
    {
        Assert.Equal(20, Evaluate(Peak, Some.Predictive(raisedMaximum: 20), maximum: 8, capacity: 9).Maximum);
        Assert.Equal(8, Evaluate(Some.Schedule((0, 5)), Some.Predictive(raisedMaximum: 20), maximum: 8, capacity: 9).Maximum);
        Assert.Equal(8, Evaluate(Peak with { ExpiresAt = Some.Noon }, Some.Predictive(raisedMaximum: 20), maximum: 8, capacity: 9).Maximum);
    }

    [Fact]
    public void Under_a_raised_maximum_the_load_may_ask_for_more_than_the_forecast()
    {
        var schedule = Some.Schedule((0, 5));

        Assert.Equal(6, Evaluate(schedule, Some.Predictive(raisedMaximum: 20), maximum: 4, cpu: 90).Goal);
        Assert.Equal(5, Evaluate(schedule, Some.Predictive(raisedMaximum: 5), maximum: 4, cpu: 90).Goal);
    }

    [Fact]
    public void A_maximum_is_raised_for_what_may_be_lost_too()
    {
        var schedule = Some.Schedule((0, 8));
        var raised = Evaluate(schedule, Some.Predictive(raisedMaximum: 20), maximum: 8, survives: SurvivableLoss.Instance);

        Assert.Equal((9, 20), (raised.Goal, raised.Maximum));
        Assert.Equal(8, Evaluate(schedule, Some.Predictive(raisedMaximum: 20), maximum: 8).Maximum);
    }

    [Fact]
    public void The_load_is_recorded_as_the_decision_saw_it() =>
        Assert.Equal(new LoadSample("cpu", Some.At(-2), 240, false), Evaluate(Peak).Load);

    [Fact]
    public void A_load_at_the_end_of_the_scale_is_marked() => Assert.True(Evaluate(Peak, Some.Predictive(), cpu: 99).Load!.IsCapped);

    [Fact]
    public void A_load_that_nobody_forecasts_is_not_recorded() => Assert.Null(Evaluate(Peak, policy: null).Load);

    [Fact]
    public void A_reading_that_lacks_samples_is_not_learned_from() => Assert.Null(Evaluate(Peak, Some.Predictive(), samples: 2).Load);

    [Fact]
    public void An_instance_carries_its_target_and_the_tolerance() =>
        Assert.Equal(60 * (1 + 0.1), Wish(Some.Predictive(), new TargetRow { Target = Some.Id() }).LoadPerInstance);

    [Fact]
    public void The_lead_is_what_all_but_the_slowest_starts_took()
    {
        var row = new TargetRow { Target = Some.Id(), StartSeconds = [.. Enumerable.Range(1, 20).Select(each => each * 30d)] };

        Assert.Equal(TimeSpan.FromSeconds((19 * 30) + 60), Wish(Some.Predictive(), row).Lead);
        Assert.Equal(Some.Minutes(6), Wish(Some.Predictive(), row with { StartSeconds = [30, 30] }).Lead);
        Assert.Equal(Some.Minutes(12), Wish(Some.Predictive() with { Lead = Some.Minutes(12) }, row).Lead);
        Assert.Equal(Some.Minutes(120), Wish(Some.Predictive(), row with { StartSeconds = [9e9, 9e9, 9e9] }).Lead);
    }

    private static ForecastWish Wish(PredictiveScalingPolicy policy, TargetRow row) =>
        ForecastUse.Wish(Policies(policy, Some.Horizontal()), row)!;

    private static TargetEvaluation Evaluate(PredictiveSchedule schedule) => Evaluate(schedule, Some.Predictive());

    private static TargetEvaluation Evaluate(
        PredictiveSchedule schedule, PredictiveScalingPolicy? policy, int maximum = 100, int? ceiling = null, int capacity = 4, double cpu = 60, int samples = 3,
        SurvivableLoss survives = SurvivableLoss.None) =>
        TargetEvaluation.Of(
            Some.Target(capacity),
            Policies(policy, Some.Horizontal(maximum: maximum) with { Ceiling = ceiling, SurvivesLossOf = survives }),
            new Dictionary<string, MetricSeries> { ["cpu"] = Some.Series([.. Enumerable.Repeat(cpu, samples)]) },
            new TargetRow { Target = Some.Id(), EvaluatedAt = Some.At(-1) },
            new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) },
            schedule);

    private static TargetPolicies.Resolved Policies(PredictiveScalingPolicy? policy, HorizontalScalingPolicy horizontal)
    {
        var loadBased = Some.LoadBased(signals: [Some.Signal() with { SaturatedAt = 98 }]);
        return new TargetPolicies.Resolved(Some.Policies().Workloads[0], horizontal, loadBased) { Predictive = policy };
    }
}
