using System.Text.Json;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Sources that do not count their instances, such as App Service plans.</summary>
public sealed class TargetEvaluationTests
{
    [Fact]
    public void A_raise_is_not_repeated_on_samples_of_fewer_instances()
    {
        var evaluation = Evaluate(capacity: 6, [new PastChange(Some.At(-1), 4, 6)], 90, 90, 90);

        Assert.Equal(6, evaluation.Goal);
        Assert.Equal(4, Assert.IsType<SignalReading.Present>(Assert.Single(evaluation.Readings)).Instances);
    }

    [Fact]
    public void Samples_that_may_be_of_fewer_instances_lower_nothing() =>
        Assert.Equal(6, Evaluate(capacity: 6, [new PastChange(Some.At(-5), 4, 6)], 50, 50, 50).Goal);

    [Fact]
    public void A_load_that_grows_while_instances_come_up_is_followed() =>
        Assert.Equal(8, Evaluate(capacity: 6, [new PastChange(Some.At(-5), 5, 6)], 95, 95, 95).Goal);

    [Fact]
    public void Once_the_instances_are_there_the_mean_is_of_all_of_them() =>
        Assert.Equal(9, Evaluate(capacity: 6, [new PastChange(Some.At(-20), 4, 6)], 90, 90, 90).Goal);

    [Fact]
    public void After_a_lowering_older_samples_stand_for_more_instances() =>
        Assert.Equal(6, Evaluate(capacity: 5, [new PastChange(Some.At(-1), 6, 5)], 57, 57, 57).Goal);

    [Fact]
    public void A_minimum_that_Azure_refuses_is_never_tried_and_the_plan_says_why()
    {
        var target = Some.Target(capacity: 2) with { Least = new PlatformBound(2, "a zone-redundant plan") };

        var evaluation = Evaluate(target, Some.Horizontal(minimum: 1), [], 5, 5, 5);

        Assert.Equal(1, evaluation.Outcome.Decision.Desired);
        Assert.Equal(nameof(BoundsGuard), Assert.IsType<PlanOutcome.Held>(evaluation.Outcome).Why.Guard);
        Assert.EndsWith("held: Azure allows at least 2 instances of a zone-redundant plan", OutcomeText.Reason(evaluation.Outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void What_Azure_allows_travels_with_the_batch()
    {
        var target = Some.Target() with { Least = new PlatformBound(2, "a zone-redundant plan"), Most = new PlatformBound(30, "a plan") };
        var request = new EvaluateRequest { TickId = "1", TickAt = Some.Noon, ExpiresAt = Some.At(1), Batch = 0, Targets = [target] };

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(request, CycleJson.Default.EvaluateRequest), CycleJson.Default.EvaluateRequest)!;

        Assert.Equal((target.Least, target.Most), (read.Targets[0].Least, read.Targets[0].Most));
    }

    private static TargetEvaluation Evaluate(int capacity, IReadOnlyList<PastChange> changes, params double[] averages) =>
        Evaluate(Some.Target(capacity), Some.Horizontal() with { WarmUp = Some.Minutes(5) }, changes, averages);

    private static TargetEvaluation Evaluate(
        ObservedTarget target, HorizontalScalingPolicy horizontal, IReadOnlyList<PastChange> changes, params double[] averages)
    {
        var policies = Some.Policies(horizontal);
        var series = new MetricSeries.Received([.. Some.Series(averages).Points.Select(point => point with { Count = null })]);
        return TargetEvaluation.Of(
            target,
            new TargetPolicies.Resolved(policies.Workloads[0], policies.HorizontalScaling[0], policies.LoadBasedScaling[0]),
            new Dictionary<string, MetricSeries> { ["cpu"] = series },
            new TargetRow { Target = target.Id, History = new TargetHistory { Changes = changes }, EvaluatedAt = Some.At(-1) },
            new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) });
    }
}
