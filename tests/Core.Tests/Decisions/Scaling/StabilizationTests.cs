using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class StabilizationTests
{
    private static readonly HorizontalScalingPolicy FiveMinutesIn =
        Some.Horizontal(scaleIn: new DirectionBehavior { Stabilization = Some.Minutes(5) });

    private static readonly HorizontalScalingPolicy FiveMinutesOut =
        Some.Horizontal(scaleOut: new DirectionBehavior { Stabilization = Some.Minutes(5) });

    [Fact]
    public void Scales_in_to_the_highest_desire_of_the_window()
    {
        var history = Some.Desires(new(Some.At(-10), 4), new(Some.At(-3), 7), new(Some.At(-2), 5));

        Assert.Equal(7, Decide(10, 4, FiveMinutesIn, history).Desired);
    }

    [Fact]
    public void A_desire_holds_until_the_next_one_so_the_last_one_before_the_window_counts()
    {
        var history = Some.Desires(new(Some.At(-30), 9), new(Some.At(-2), 4));

        Assert.Equal(9, Decide(10, 4, FiveMinutesIn, history).Desired);
    }

    [Fact]
    public void A_desire_older_than_the_window_is_forgotten_once_another_has_replaced_it()
    {
        var history = Some.Desires(new(Some.At(-30), 9), new(Some.At(-5), 4));

        Assert.Equal(4, Decide(10, 4, FiveMinutesIn, history).Desired);
    }

    [Fact]
    public void Holds_while_the_window_has_only_begun()
    {
        var decision = Decide(10, 4, FiveMinutesIn, Some.Desires(new PastDesire(Some.At(-2), 4)));

        Assert.Equal(10, decision.Desired);
        Assert.IsType<ScalingReason.StabilizingIn>(decision.Reason);
    }

    [Fact]
    public void Holds_without_any_history() => Assert.Equal(10, Decide(10, 4, FiveMinutesIn, TargetHistory.Empty).Desired);

    [Fact]
    public void Never_turns_a_lowering_into_a_raise() =>
        Assert.Equal(10, Decide(10, 4, FiveMinutesIn, Some.Desires(new(Some.At(-30), 4), new(Some.At(-2), 15))).Desired);

    [Fact]
    public void Without_a_window_nothing_is_delayed() =>
        Assert.Equal(4, Decide(10, 4, Some.Horizontal(), TargetHistory.Empty).Desired);

    [Fact]
    public void Scales_out_to_the_lowest_desire_of_the_window()
    {
        var history = Some.Desires(new(Some.At(-10), 9), new(Some.At(-3), 6), new(Some.At(-2), 12));

        Assert.Equal(6, Decide(4, 12, FiveMinutesOut, history).Desired);
    }

    [Fact]
    public void Never_turns_a_raise_into_a_lowering() =>
        Assert.Equal(4, Decide(4, 12, FiveMinutesOut, Some.Desires(new(Some.At(-10), 2), new(Some.At(-3), 12))).Desired);

    [Fact]
    public void Restores_the_minimum_at_once_even_when_the_load_wants_more()
    {
        var policy = FiveMinutesOut with { Minimum = 3 };

        Assert.Equal(3, Decide(1, 5, policy, TargetHistory.Empty).Desired);
        Assert.Equal(3, Decide(1, 1, policy, TargetHistory.Empty).Desired);
    }

    [Fact]
    public void Remembers_what_was_wanted_before_the_window_was_applied() =>
        Assert.Equal(4, Decide(10, 4, FiveMinutesIn, TargetHistory.Empty).Wanted);

    [Fact]
    public void A_desire_from_a_clock_that_was_ahead_is_ignored()
    {
        var history = Some.Desires(new(Some.At(-30), 4), new(Some.At(60), 9));

        Assert.Equal(4, Decide(10, 4, FiveMinutesIn, history).Desired);
    }

    private static ScalingDecision Decide(int current, int wanted, HorizontalScalingPolicy horizontal, TargetHistory history) =>
        ScalingDecisions.Decide(Some.Context(current, [Reading(current, wanted)], horizontal, history: history));

    /// <summary>A reading that asks for a count: its load is just what that many instances carry at their target.</summary>
    private static SignalReading.Present Reading(int current, int wanted) => new("cpu", 60.0 * wanted / current, current, 60.0 * wanted, Some.At(-2));
}
