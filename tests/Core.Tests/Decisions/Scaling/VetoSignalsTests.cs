using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class VetoSignalsTests
{
    private static readonly LoadBasedScalingPolicy Policy = Some.LoadBased([Some.Tracking(60)], [Some.Signal(), Some.Signal("errors")]) with { Vetoes = [new VetoPolicy("errors", 5)] };

    [Fact]
    public void Forbids_scaling_in_while_it_is_up_and_says_so()
    {
        var decision = Decide(8, Some.Present(10, 8), Some.Present(7, 8, "errors"));

        Assert.Equal(8, decision.Desired);
        Assert.Equal("errors 7 is above 5, which forbids scaling in", ReasonText.Of(decision.Reason));
        Assert.Equal(2, Decide(8, Some.Present(10, 8), Some.Present(5, 8, "errors")).Desired);
    }

    [Fact]
    public void One_that_cannot_be_read_counts_as_up()
    {
        SignalReading[] doubts = [Some.Missing("errors"), Some.Partial(0, signal: "errors"), new SignalReading.Stale("errors", Some.At(-20), Some.Minutes(20))];

        Assert.All(doubts, doubt => Assert.Equal(8, Decide(8, Some.Present(10, 8), doubt).Desired));
        Assert.Equal(8, Decide(8, Some.Present(10, 8)).Desired);
    }

    [Fact]
    public void Never_asks_for_more_and_never_keeps_from_more()
    {
        Assert.Equal(12, Decide(8, Some.Present(90, 8), Some.Present(100, 8, "errors")).Desired);
        Assert.Equal(8, Decide(8, Some.Present(60, 8), Some.Present(100, 8, "errors")).Desired);
    }

    [Fact]
    public void Above_the_maximum_nothing_is_lowered_either() => Assert.Equal(
        8, ScalingDecisions.Decide(Some.Context(8, [Some.Present(10, 8), Some.Present(7, 8, "errors")], Some.Horizontal(maximum: 4), Policy)).Desired);

    [Fact]
    public void Invariant_7_no_lowering_while_a_veto_is_up_or_unknown() => Gen.Select(
        Gen.Int[1, 40], Gen.Double[0, 200], Gen.Double[0, 10], Gen.Int[0, 3], Gen.Int[1, 20], Gen.Int[0, 20]).Sample(
        (current, cpu, errors, kind, minimum, more) =>
        {
            SignalReading veto = kind switch
            {
                0 or 1 => Some.Present(errors, current, "errors"),
                2 => Some.Partial(errors, current, "errors"),
                _ => Some.Missing("errors"),
            };
            var decision = ScalingDecisions.Decide(Some.Context(current, [Some.Present(cpu, current), veto], Some.Horizontal(minimum, minimum + more), Policy));
            return (kind < 2 && errors <= 5) || decision.Desired >= current;
        },
        iter: 10_000);

    private static ScalingDecision Decide(int current, params SignalReading[] readings) =>
        ScalingDecisions.Decide(Some.Context(current, readings, loadBased: Policy));
}
