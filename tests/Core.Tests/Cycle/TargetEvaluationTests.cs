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

    /// <summary>Ten instances at 20 % of which six are gone: read as four at 20 % they would ask for two.</summary>
    [Fact]
    public void Samples_that_may_be_of_more_instances_lower_nothing() =>
        Assert.Equal(4, Evaluate(capacity: 4, [new PastChange(Some.At(-5), 10, 4)], 20, 20, 20).Goal);

    /// <summary>The same when a person did it: it was seen a minute ago.</summary>
    [Theory]
    [InlineData(4, -1, 4)]
    [InlineData(10, -1, 4)]
    [InlineData(4, -20, 2)]
    public void Samples_of_before_somebody_else_s_change_lower_nothing(int known, double seenAt, int goal) =>
        Assert.Equal(goal, Evaluate(4, [], row => row with { LastKnownCapacity = known, LastKnownAt = Some.At(seenAt) }, Plain(20, 20, 20)).Goal);

    /// <summary>Of named instances the plan says no more about how many they are, so what is filtered is counted as well.</summary>
    [Fact]
    public void A_filtered_metric_is_of_the_instances_there_were()
    {
        var split = new MetricSeries.Split([new DimensionSeries(new Dictionary<string, string> { ["Status"] = "a" }, Plain(90, 90, 90).Points)]);
        var signal = Some.Signal() with { From = new SignalSource.Metric(new MetricSelector { Name = "CpuPercentage", Dimensions = [new MetricDimension("Status", ["a"])] }) };
        var evaluation = Evaluate(6, [new PastChange(Some.At(-1), 4, 6)], row => row, split, signal);

        Assert.Equal((6, 4), (evaluation.Goal, Assert.IsType<SignalReading.Present>(Assert.Single(evaluation.Readings)).Instances));
    }

    [Fact]
    public void A_minimum_that_Azure_refuses_is_never_tried_and_the_plan_says_why()
    {
        var target = Some.Target(capacity: 2) with { Least = new PlatformBound(2, "a zone-redundant plan") };

        var evaluation = Evaluate(target, Some.Horizontal(minimum: 1), [], row => row, Plain(5, 5, 5));

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

    private static MetricSeries.Received Plain(params double[] averages) => new([.. Some.Series(averages).Points.Select(point => point with { Count = null })]);

    private static TargetEvaluation Evaluate(int capacity, IReadOnlyList<PastChange> changes, params double[] averages) =>
        Evaluate(capacity, changes, row => row, Plain(averages));

    private static TargetEvaluation Evaluate(
        int capacity, IReadOnlyList<PastChange> changes, Func<TargetRow, TargetRow> with, MetricSeries series, SignalPolicy? signal = null) =>
        Evaluate(Some.Target(capacity), Some.Horizontal() with { WarmUp = Some.Minutes(5) }, changes, with, series, signal);

    private static TargetEvaluation Evaluate(
        ObservedTarget target, HorizontalScalingPolicy horizontal, IReadOnlyList<PastChange> changes, Func<TargetRow, TargetRow> with, MetricSeries series,
        SignalPolicy? signal = null)
    {
        var policies = Some.Policies(horizontal, Some.LoadBased(signals: [signal ?? Some.Signal()]));
        return TargetEvaluation.Of(
            target,
            new TargetPolicies.Resolved(policies.Workloads[0], policies.HorizontalScaling[0], policies.LoadBasedScaling[0]),
            new Dictionary<string, MetricSeries> { ["cpu"] = series },
            with(new TargetRow { Target = target.Id, History = new TargetHistory { Changes = changes }, EvaluatedAt = Some.At(-1) }),
            new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) });
    }
}
