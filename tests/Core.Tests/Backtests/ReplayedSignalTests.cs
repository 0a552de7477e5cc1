using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class ReplayedSignalTests
{
    private static readonly SignalPolicy Requests = Some.Signal("requests") with { From = Some.Metric("ByteCount", MetricAggregation.Total), Measures = SignalMeasure.Total };

    private static readonly SignalPolicy Hot = Some.Signal("hot") with
    {
        From = new SignalSource.Metric(new MetricSelector { Name = "Percentage CPU", Dimensions = [new MetricDimension("VMName", ["*"])] }) { Combination = InstanceCombination.Maximum },
    };

    private static readonly SignalPolicy Queue = Some.Signal("queue") with { From = new SignalSource.Queue("account", "orders", QueueMeasure.Length), Measures = SignalMeasure.Total };

    private static readonly SignalPolicy Memory = Some.Signal("memory") with { From = Some.Metric("MemoryPercentage") };

    [Fact]
    public void Processors_are_replayed_and_other_needed_signals_are_not() => Assert.Equal(
        [("cpu", ReplayedAs.Cpu), ("hot", ReplayedAs.Cpu), ("requests", ReplayedAs.Unfit), ("queue", ReplayedAs.Unfit), ("memory", ReplayedAs.Unfit)],
        Shown(Policy(Some.Signal(), Hot, Requests, Queue, Memory), null));

    [Fact]
    public void What_no_rule_needs_may_be_missing()
    {
        var policy = Policy(Some.Signal()) with { Signals = [Some.Signal(), Requests] };

        Assert.Equal([("cpu", ReplayedAs.Cpu), ("requests", ReplayedAs.Missing)], Shown(policy, null));
    }

    [Fact]
    public void What_a_formula_needs_is_needed()
    {
        var policy = Policy(Some.Calculated("requests / instances")) with { Signals = [Requests, Some.Calculated("requests / instances")] };

        Assert.Equal([("requests", ReplayedAs.Unfit), ("load", ReplayedAs.Calculated)], Shown(policy, null));
        Assert.Equal([("requests", ReplayedAs.Load), ("load", ReplayedAs.Calculated)], Shown(policy, "requests"));
    }

    [Fact]
    public void The_load_stands_for_the_chosen_signal_and_the_others_are_missing() => Assert.Equal(
        [("cpu", ReplayedAs.Cpu), ("requests", ReplayedAs.Load), ("queue", ReplayedAs.Missing), ("memory", ReplayedAs.Missing)],
        Shown(Policy(Some.Signal(), Requests, Queue, Memory), "requests"));

    [Fact]
    public void A_queue_cannot_be_chosen() => Assert.Contains(("queue", ReplayedAs.Unfit), Shown(Policy(Queue), "queue"));

    [Fact]
    public void Why_and_where_is_told()
    {
        var unfit = ReplayedSignal.Of(Policy(Requests), null).Single();

        Assert.Equal(Some.Source, unfit.Source);
        Assert.Contains("a total", unfit.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hottest_of_equal_instances_scales_like_their_mean_but_not_in_while_some_boot()
    {
        var load = Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(10, 100), .. Replays.Constant(4, 100)]);
        var mean = Replays.Run(Replays.Setup(), load);
        var hottest = Replays.Run(Replays.Setup(loadBased: Policy(Hot)), load);

        Assert.Equal(mean.Changes.Select(change => (change.Minute, change.Plan.Goal)), hottest.Changes.Select(change => (change.Minute, change.Plan.Goal)));
    }

    [Fact]
    public void A_total_is_the_load_in_the_unit_of_the_recording()
    {
        // One instance carries 1 of it at 80 %; 0.75 of it is the target, as 60 % CPU is.
        var policy = Some.LoadBased([Some.Tracking(0.75, "requests")], [Requests]);
        var load = Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(9, 100)]);
        var byRequests = Replays.Run(Replays.Setup(loadBased: policy, signal: "requests"), load);

        Assert.Equal(12, byRequests.Changes[^1].Plan.Goal);
    }

    [Fact]
    public void A_missing_signal_lowers_nothing()
    {
        var policy = Policy(Some.Signal(), Requests);
        var load = Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(2, 100), .. Replays.Constant(12, 100)]);
        var result = Replays.Run(Replays.Setup(loadBased: policy, signal: "cpu"), load);

        Assert.NotEmpty(result.Changes);
        Assert.All(result.Changes, change => Assert.True(change.Plan.IsRaise));
    }

    private static LoadBasedScalingPolicy Policy(params SignalPolicy[] signals) =>
        Some.LoadBased([.. signals.Select(signal => Some.Tracking(60, signal.Name))], signals);

    private static IEnumerable<(string, ReplayedAs)> Shown(LoadBasedScalingPolicy policy, string? chosen) =>
        ReplayedSignal.Of(policy, chosen).Select(signal => (signal.Name, signal.As));
}
