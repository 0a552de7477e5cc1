using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class TargetTrackingTests
{
    [Theory]
    [InlineData(4, 4, 90, 6)]
    [InlineData(4, 4, 63, 4)]
    [InlineData(6, 4, 80, 6)]
    [InlineData(10, 10, 30, 5)]
    [InlineData(10, 8, 30, 6)]
    public void Asks_for_what_its_table_says(int instances, double reporting, double cpu, int wanted) =>
        Assert.Equal(wanted, Advise(instances, Some.Present(cpu, reporting)).Desired);

    [Theory]
    [InlineData(4, 4, 63, "cpu 63 is close enough to its target of 60")]
    [InlineData(6, 4, 90, "cpu 90 against a target of 60, but only 4 of 6 instances report yet; with all of them the load fits")]
    [InlineData(6, 5.5, 20, "cpu 20 against a target of 60: the load fits 3 instances, there are 6")]
    [InlineData(4, 6, 38, "cpu 38 against a target of 60, but that was on 6; it fits 4 instances")]
    [InlineData(6, 1, 45, "cpu 45 against a target of 60, but only 1 of 6 instances report yet; with all of them the load fits")]
    public void Its_sentence_is_true(int instances, double reporting, double cpu, string sentence) =>
        Assert.Equal(sentence, ReasonText.Of(Advise(instances, Some.Present(cpu, reporting)).Reason));

    [Fact]
    public void Is_close_to_its_target_only_when_it_is() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0, 2], Gen.Double[0, 200], Gen.Double[1, 3]).Sample(
            (current, reporting, value, busier) =>
            {
                var reading = Some.Present(value, reporting * current);
                if (Advise(current, reading with { BusyLoad = reading.Load * busier }).Reason is ScalingReason.WithinTolerance)
                {
                    Assert.InRange(value, 60 * 0.9, 60 * 1.1);
                }
            },
            iter: 10_000);

    /// <summary>Cases of the Kubernetes HPA: ceil(current × value / target), unless within 10 % of the target.</summary>
    [Theory]
    [InlineData(1, 200, 100, 2)]
    [InlineData(3, 60, 30, 6)]
    [InlineData(5, 20, 50, 2)]
    [InlineData(10, 109, 100, 10)]
    [InlineData(10, 110, 100, 10)]
    [InlineData(10, 111, 100, 12)]
    [InlineData(10, 91, 100, 10)]
    [InlineData(10, 90, 100, 10)]
    [InlineData(10, 89, 100, 9)]
    [InlineData(2, 85, 100, 2)]
    [InlineData(1, 1, 100, 1)]
    [InlineData(7, 0, 100, 1)]
    public void Follows_the_formula_of_the_horizontal_pod_autoscaler(int current, double value, double target, int wanted) =>
        Assert.Equal(wanted, Advise(current, Some.Present(value, current), Some.Tracking(target)).Desired);

    [Theory]
    [InlineData(74, 0.25, 0.1, 10)]
    [InlineData(76, 0.25, 0.1, 13)]
    [InlineData(67, 0.1, 0.5, 12)]
    [InlineData(31, 0.1, 0.5, 10)]
    [InlineData(29, 0.1, 0.5, 5)]
    [InlineData(61, 0, 0, 11)]
    [InlineData(54, 0, 0, 9)]
    public void Each_direction_has_its_own_tolerance(double cpu, double toleranceOut, double toleranceIn, int wanted) =>
        Assert.Equal(wanted, Advise(
            10, Some.Present(cpu, 10), Some.Tracking(toleranceOut: toleranceOut, toleranceIn: toleranceIn)).Desired);

    [Fact]
    public void The_last_bits_of_a_division_do_not_ask_for_one_more()
    {
        var reading = new SignalReading.Present("cpu", 0.1 + 0.2, 1, 0.1 + 0.2, Some.At(-2));

        Assert.Equal(3, Advise(1, reading, Some.Tracking(target: 0.1)).Desired);
    }

    [Fact]
    public void Holds_when_the_reading_is_missing()
    {
        var advice = Advise(4, Some.Missing());

        Assert.Equal((4, false, true), (advice.Desired, advice.AllowsScaleIn, advice.IsBlind));
    }

    [Fact]
    public void Holds_when_its_signal_was_not_read() => Assert.True(Advise(4, Some.Present(90, signal: "memory")).IsBlind);

    [Fact]
    public void Holds_when_the_reading_is_stale() =>
        Assert.True(Advise(4, new SignalReading.Stale("cpu", Some.At(-9), Some.Minutes(9))).IsBlind);

    [Fact]
    public void Holds_on_a_suspicious_zero() => Assert.True(Advise(4, new SignalReading.SuspiciousZero("cpu", Some.At(-9))).IsBlind);

    [Fact]
    public void A_partial_reading_may_raise() => Assert.Equal(6, Advise(4, Some.Partial(90)).Desired);

    [Fact]
    public void A_partial_reading_never_lowers()
    {
        var advice = Advise(4, Some.Partial(10));

        Assert.Equal((4, false), (advice.Desired, advice.AllowsScaleIn));
    }

    [Fact]
    public void Lowering_has_to_carry_the_load_without_the_zeros_of_a_breaking_source()
    {
        var breaking = Some.Present(20, 10) with { BusyLoad = 590 };

        Assert.Equal(10, Advise(10, breaking).Desired);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_doubt(double garbage)
    {
        Assert.True(Advise(4, new SignalReading.Present("cpu", garbage, 4, garbage, Some.At(-2))).IsBlind);
        Assert.True(Advise(4, new SignalReading.Present("cpu", 10, garbage, 40, Some.At(-2))).IsBlind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_target_that_cannot_be_kept_is_doubt(double target) =>
        Assert.True(Advise(4, Some.Present(10), Some.Tracking(target)).IsBlind);

    [Fact]
    public void The_counterfactual_says_where_the_decision_turns() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[1, 95], Gen.Double[10, 90], Gen.Double[0, 0.5], Gen.Double[0, 0.5]).Sample(
            (current, value, target, toleranceOut, toleranceIn) =>
            {
                var tracking = Some.Tracking(target, toleranceOut: toleranceOut, toleranceIn: toleranceIn);
                var turn = Advise(current, Some.Present(value, current), tracking).Counterfactual!;

                Assert.True(Advise(current, Some.Present(turn.OutAbove + 1e-6, current), tracking).Desired > current);
                Assert.Equal(current, Advise(current, Some.Present(turn.OutAbove - 1e-6, current), tracking).Desired);
                Assert.False(turn.InBelow > 1e-6
                    && Advise(current, Some.Present(turn.InBelow - 1e-6, current), tracking).Desired >= current);
                Assert.Equal(current, Advise(
                    current, Some.Present(Math.Min(turn.InBelow + 1e-6, turn.OutAbove - 1e-6), current), tracking).Desired);
            },
            iter: 10_000);

    private static Advice Advise(int current, SignalReading reading, TargetTrackingPolicy? tracking = null) =>
        Assert.Single(new TargetTracking().Advise(
            Some.Context(current, [reading], loadBased: Some.LoadBased([tracking ?? Some.Tracking()]))));
}
