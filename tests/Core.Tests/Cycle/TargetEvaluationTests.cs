using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
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

    private static TargetEvaluation Evaluate(int capacity, IReadOnlyList<PastChange> changes, params double[] averages)
    {
        var target = Some.Target(capacity);
        var policies = Some.Policies(Some.Horizontal() with { WarmUp = Some.Minutes(5) });
        var series = new MetricSeries.Received([.. Some.Series(averages).Points.Select(point => point with { Count = null })]);
        return TargetEvaluation.Of(
            target,
            new TargetPolicies.Resolved(policies.Workloads[0], policies.HorizontalScaling[0], policies.LoadBasedScaling[0]),
            new Dictionary<string, MetricSeries> { ["cpu"] = series },
            new TargetRow { Target = target.Id, History = new TargetHistory { Changes = changes }, EvaluatedAt = Some.At(-1) },
            new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) });
    }
}
