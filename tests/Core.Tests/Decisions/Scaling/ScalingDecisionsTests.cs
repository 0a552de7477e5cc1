using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class ScalingDecisionsTests
{
    private static readonly LoadBasedScalingPolicy TwoSignals = Some.LoadBased(
        [Some.Tracking(signal: "cpu"), Some.Tracking(signal: "memory")], [Some.Signal("cpu"), Some.Signal("memory")]);

    [Fact]
    public void The_highest_signal_wins_on_the_way_out() =>
        Assert.Equal(8, Decide(4, [Some.Present(75), Some.Present(120, signal: "memory")]).Desired);

    [Fact]
    public void All_signals_must_agree_on_the_way_in() =>
        Assert.Equal(4, Decide(4, [Some.Present(10), Some.Present(60, signal: "memory")]).Desired);

    [Fact]
    public void The_least_change_wins_on_the_way_in() =>
        Assert.Equal(3, Decide(4, [Some.Present(10), Some.Present(40, signal: "memory")]).Desired);

    [Fact]
    public void One_good_signal_is_enough_to_scale_out() =>
        Assert.Equal(6, Decide(4, [Some.Present(90), Some.Missing("memory")]).Desired);

    [Fact]
    public void One_signal_in_doubt_is_enough_to_stop_scaling_in()
    {
        var decision = Decide(4, [Some.Present(10), Some.Missing("memory")]);

        Assert.Equal((4, false), (decision.Desired, decision.AllowsScaleIn));
        Assert.IsType<ScalingReason.InDoubt>(decision.Reason);
    }

    [Fact]
    public void Raises_to_what_the_owner_wants_when_blind()
    {
        var decision = Decide(4, [Some.Missing(), Some.Missing("memory")], Some.Horizontal(whenBlind: 8));

        Assert.Equal(8, decision.Desired);
        Assert.IsType<ScalingReason.RaisedWhenBlind>(decision.Reason);
    }

    [Fact]
    public void Never_lowers_to_what_the_owner_wants_when_blind() =>
        Assert.Equal(10, Decide(10, [Some.Missing(), Some.Missing("memory")], Some.Horizontal(whenBlind: 8)).Desired);

    [Theory]
    [InlineData(75, 8)]
    [InlineData(200, 14)]
    public void Raises_to_the_larger_of_what_one_signal_asks_for_and_what_is_wanted_when_the_other_is_blind(double cpu, int desired) =>
        Assert.Equal(desired, Decide(4, [Some.Present(cpu), Some.Missing("memory")], Some.Horizontal(whenBlind: 8)).Desired);

    [Fact]
    public void Restores_the_minimum() =>
        Assert.Equal(3, Decide(1, [Some.Missing(), Some.Missing("memory")], Some.Horizontal(minimum: 3)).Desired);

    [Fact]
    public void Goes_no_further_than_the_bounds()
    {
        var bounds = Some.Horizontal(minimum: 3, maximum: 5);

        Assert.Equal(5, Decide(4, [Some.Present(99), Some.Present(99, signal: "memory")], bounds).Desired);
        Assert.Equal(3, Decide(4, [Some.Present(1), Some.Present(1, signal: "memory")], bounds).Desired);
    }

    [Fact]
    public void Comes_back_from_above_the_maximum_only_with_proof()
    {
        var bounds = Some.Horizontal(maximum: 5);

        Assert.Equal(5, Decide(8, [Some.Present(58, 8), Some.Present(58, 8, "memory")], bounds).Desired);
        Assert.Equal(8, Decide(8, [Some.Present(58, 8), Some.Missing("memory")], bounds).Desired);
    }

    [Fact]
    public void Without_a_load_policy_only_the_bounds_count()
    {
        var context = Some.Context(4, [], Some.Horizontal(minimum: 2, maximum: 3)) with { LoadBased = null };

        Assert.Equal(3, ScalingDecisions.Decide(context).Desired);
        Assert.Equal(2, ScalingDecisions.Decide(context with { Current = 1 }).Desired);
        Assert.Equal(3, ScalingDecisions.Decide(context with { Current = 3 }).Desired);
    }

    private static ScalingDecision Decide(
        int current, IReadOnlyList<SignalReading> readings, HorizontalScalingPolicy? horizontal = null) =>
        ScalingDecisions.Decide(Some.Context(current, readings, horizontal, TwoSignals));
}
