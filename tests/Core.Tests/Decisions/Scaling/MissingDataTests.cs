using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class MissingDataTests
{
    /// <summary>
    /// The five behaviors of KEDA's fallback (static is its default; what each yields is told at spec.fallback of its
    /// ScaledObject), with what KEDA asks for last. Ours asks for the same or for more.
    /// </summary>
    [Theory]
    [InlineData(MissingDataBehavior.Hold, 4, 4, 4)]
    [InlineData(MissingDataBehavior.Hold, 9, 9, 9)]
    [InlineData(MissingDataBehavior.Static, 4, 6, 6)]
    [InlineData(MissingDataBehavior.Static, 9, 9, 6)]
    [InlineData(MissingDataBehavior.CurrentInstances, 4, 4, 4)]
    [InlineData(MissingDataBehavior.CurrentInstances, 9, 9, 9)]
    [InlineData(MissingDataBehavior.CurrentInstancesIfHigher, 4, 6, 6)]
    [InlineData(MissingDataBehavior.CurrentInstancesIfHigher, 9, 9, 9)]
    [InlineData(MissingDataBehavior.CurrentInstancesIfLower, 4, 4, 4)]
    [InlineData(MissingDataBehavior.CurrentInstancesIfLower, 9, 9, 6)]
    public void Asks_for_what_its_behavior_says_and_never_for_less_than_there_is(MissingDataBehavior behavior, int current, int desired, int keda)
    {
        var fallback = new MissingDataPolicy { Behavior = behavior, Instances = 6 };

        Assert.Equal(keda, fallback.Wanted(current));
        Assert.Equal(desired, Decide(current, fallback, [Some.Missing()]).Desired);

        // The advice itself, which what comes after it would also keep from lowering.
        Assert.Equal(desired, MissingData.Answer(
            Advice.Blind("cpu", "no samples", current), "cpu",
            Some.Context(current, [Some.Missing()], loadBased: Policy(fallback), history: History(-5))).Desired);
    }

    [Theory]
    [InlineData(MissingDataBehavior.Hold)]
    [InlineData(MissingDataBehavior.Static)]
    [InlineData(MissingDataBehavior.CurrentInstances)]
    [InlineData(MissingDataBehavior.CurrentInstancesIfHigher)]
    [InlineData(MissingDataBehavior.CurrentInstancesIfLower)]
    public void Another_signal_may_scale_out_beside_it_and_not_in(MissingDataBehavior behavior)
    {
        var fallback = new MissingDataPolicy { Behavior = behavior, Instances = 6 };

        Assert.Equal(12, Decide(8, fallback, [Some.Missing(), Some.Present(90, 8, "memory")]).Desired);
        Assert.Equal(8, Decide(8, fallback, [Some.Missing(), Some.Present(10, 8, "memory")]).Desired);
    }

    [Fact]
    public void Waits_as_long_as_it_is_told()
    {
        var fallback = new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 6, After = Some.Minutes(3) };

        Assert.Equal(4, Decide(4, fallback, [Some.Missing()], since: 0).Desired);
        Assert.Equal(4, Decide(4, fallback, [Some.Missing()], since: -2.9).Desired);
        Assert.Equal(6, Decide(4, fallback, [Some.Missing()], since: -3).Desired);
        Assert.Equal(4, Decide(4, fallback, [Some.Missing()], since: null).Desired);
        Assert.Equal(6, Decide(4, fallback with { After = TimeSpan.Zero }, [Some.Missing()], since: null).Desired);
    }

    [Fact]
    public void Answers_every_doubt_that_is_no_number()
    {
        var fallback = new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 6 };

        Assert.Equal(6, Decide(4, fallback, [new SignalReading.Stale("cpu", Some.At(-20), Some.Minutes(20))]).Desired);
        Assert.Equal(6, Decide(4, fallback, [new SignalReading.SuspiciousZero("cpu", Some.At(-9))]).Desired);
        Assert.Equal(4, Decide(4, fallback, [Some.Partial(60)]).Desired);
    }

    [Fact]
    public void Answers_for_steps_as_for_targets()
    {
        var fallback = new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 6 };
        var policy = Policy(fallback) with { TargetTracking = [], Steps = [new StepPolicy { Signal = "cpu", Above = 80, Change = 2 }] };

        Assert.Equal(6, Decide(4, policy, [Some.Missing()]).Desired);
    }

    /// <summary>A veto only forbids; what it cannot see is no reason for more instances.</summary>
    [Fact]
    public void Does_not_answer_for_a_veto()
    {
        var fallback = new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 6, After = TimeSpan.Zero };
        var errors = Some.Signal("errors") with { MissingData = fallback };
        var policy = Some.LoadBased(signals: [Some.Signal(), errors]) with { Vetoes = [new VetoPolicy("errors", 5)] };

        Assert.Equal(4, Decide(4, policy, [Some.Present(60), Some.Missing("errors")]).Desired);
    }

    /// <summary>The table of docs/policies.md: where both are given the higher counts, each after its own time.</summary>
    [Theory]
    [InlineData(null, null, -5, 4)]
    [InlineData(8, null, 0, 8)]
    [InlineData(null, 6, 0, 4)]
    [InlineData(null, 6, -5, 6)]
    [InlineData(8, 6, -5, 8)]
    [InlineData(8, 10, 0, 8)]
    [InlineData(8, 10, -5, 10)]
    public void The_higher_of_it_and_when_blind_counts(int? whenBlind, int? instances, double since, int desired)
    {
        var fallback = instances is { } count
            ? new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = count }
            : MissingDataPolicy.Hold;

        Assert.Equal(desired, ScalingDecisions.Decide(Some.Context(
            4, [Some.Missing()], Some.Horizontal(whenBlind: whenBlind), Policy(fallback), History(since))).Desired);
    }

    [Fact]
    public void The_bounds_hold() => Assert.Equal(5, ScalingDecisions.Decide(Some.Context(
        4, [Some.Missing()], Some.Horizontal(maximum: 5), Policy(new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 6 }), History(-5))).Desired);

    [Fact]
    public void Says_since_when_and_why() => Assert.Equal(
        "cpu has proved nothing since 11:55 (no samples), and its policy wants 6 instances in that case",
        ReasonText.Of(Decide(4, new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 6 }, [Some.Missing()]).Reason));

    /// <summary>TestReplicaCalcMissingMetrics of kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator_test.go.</summary>
    [Theory]
    [InlineData(4, 3, 100, 24.75, 2)]
    [InlineData(2, 2, 100, 100, 1)]
    [InlineData(2, 2, 100, 190, 1)]
    [InlineData(2, 2, 100, 60, 1)]
    public void Instances_that_do_not_report_dampen_as_in_the_horizontal_pod_autoscaler(int current, int wanted, double target, double value, double reporting) =>
        Assert.Equal(wanted, ScalingDecisions.Decide(Some.Context(
            current, [Some.Present(value, reporting)], loadBased: Some.LoadBased([Some.Tracking(target)]))).Wanted);

    /// <summary>The same controller: with a metric missing another may scale out, and nothing scales in.</summary>
    [Theory]
    [InlineData(90, 12)]
    [InlineData(10, 8)]
    public void With_a_signal_missing_others_scale_out_and_not_in_as_in_the_horizontal_pod_autoscaler(double memory, int desired) =>
        Assert.Equal(desired, Decide(8, MissingDataPolicy.Hold, [Some.Missing(), Some.Present(memory, 8, "memory")]).Desired);

    private static LoadBasedScalingPolicy Policy(MissingDataPolicy fallback) => Some.LoadBased(
        [Some.Tracking()], [Some.Signal() with { MissingData = fallback }]);

    private static ScalingDecision Decide(int current, MissingDataPolicy fallback, IReadOnlyList<SignalReading> readings, double? since = -5) =>
        Decide(
            current,
            readings.Count == 1 ? Policy(fallback) : Some.LoadBased(
                [Some.Tracking(), Some.Tracking(signal: "memory")], [Some.Signal() with { MissingData = fallback }, Some.Signal("memory")]),
            readings,
            since);

    private static ScalingDecision Decide(int current, LoadBasedScalingPolicy policy, IReadOnlyList<SignalReading> readings, double? since = -5) =>
        ScalingDecisions.Decide(Some.Context(current, readings, loadBased: policy, history: History(since)));

    private static TargetHistory History(double? since) => since is { } minutes
        ? new TargetHistory { UnreadableSince = new Dictionary<string, DateTimeOffset> { ["cpu"] = Some.At(minutes) } }
        : TargetHistory.Empty;
}
