using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class StepScalingTests
{
    private static readonly StepPolicy[] Steps = [Out(70, 2), Out(90, 5), In(30, 1)];

    [Theory]
    [InlineData(4, 4, 69, 4)]
    [InlineData(4, 4, 80, 6)]
    [InlineData(4, 4, 95, 9)]
    [InlineData(6, 4, 80, 6)]
    [InlineData(6, 6, 20, 5)]
    [InlineData(6, 5, 20, 5)]
    [InlineData(6, 4, 20, 6)]
    [InlineData(1, 1, 10, 1)]
    [InlineData(0, 0, 0, 0)]
    public void Takes_the_largest_step_that_applies(int current, double reporting, double cpu, int desired) =>
        Assert.Equal(desired, Advise(current, Some.Present(cpu, reporting)).Desired);

    [Fact]
    public void Missing_samples_may_raise_and_never_lower()
    {
        Assert.Equal(6, Advise(4, Some.Partial(80)).Desired);
        Assert.Equal((4, false), (Advise(4, Some.Partial(10)).Desired, Advise(4, Some.Partial(10)).AllowsScaleIn));
        Assert.True(Advise(4, Some.Missing()) is { Desired: 4, IsBlind: true, AllowsScaleIn: false });
    }

    [Fact]
    public void Out_by_any_rule_and_in_by_all()
    {
        var policy = Some.LoadBased([Some.Tracking(60)], [Some.Signal(), Some.Signal("queue")]) with { Steps = [Out(100, 3) with { Signal = "queue" }, In(10, 1) with { Signal = "queue" }] };

        Assert.Equal(7, Decide(4, policy, Some.Present(30), Some.Present(120, signal: "queue")).Desired);
        Assert.Equal(4, Decide(4, policy, Some.Present(20), Some.Present(50, signal: "queue")).Desired);
        Assert.Equal(3, Decide(4, policy, Some.Present(20), Some.Present(5, signal: "queue")).Desired);
    }

    /// <summary>30 instances at 65 %, a step that removes 10, scale-out above 70 %: 20 would be at 97 %; 28 is the least that fits.</summary>
    [Fact]
    public void A_step_that_would_flap_stops_at_a_count_in_between()
    {
        var policy = Some.LoadBased([]) with { Steps = [Out(70, 2), In(66, 10)] };
        var outcome = Planner.Plan(Decide(30, policy, Some.Present(65, 30)), Some.PlanContext(30));

        Assert.Equal(28, Assert.IsType<PlanOutcome.Planned>(outcome).Plan.Goal);
    }

    /// <summary>Whatever comes in, a count or a hold comes out, and only full data lowers.</summary>
    [Fact]
    public void Invariants_2_and_5_hold_for_steps() => Gen.Select(
        Gen.Int[0, 60], Chaos.Number, Chaos.Number, Gen.Double[1, 100], Gen.Double[1, 100], Gen.Int[1, 50], Gen.Int[0, 2]).Sample(
        (current, load, reporting, above, below, change, kind) =>
        {
            SignalReading reading = kind switch
            {
                0 => new SignalReading.Present("cpu", load, reporting, load, Some.At(-2)),
                1 => new SignalReading.Partial("cpu", load, reporting, load, Some.At(-2), 1, 3),
                _ => Some.Missing(),
            };
            var advice = Advise(current, reading, Out(above, change), In(below, change));
            return advice.Desired >= Math.Min(1, current) && advice.Desired <= current + change
                && (advice.Desired >= current || (kind == 0 && advice.AllowsScaleIn && double.IsFinite(load + reporting)));
        },
        iter: 10_000);

    [Fact]
    public void Invariant_14_a_step_in_leaves_no_count_on_which_a_step_out_begins() => Gen.Select(
        Gen.Int[1, 60], Gen.Double[0, 100], Gen.Double[1, 100], Gen.Double[1, 100], Gen.Int[1, 50]).Sample(
        (current, cpu, above, below, change) =>
        {
            var policy = Some.LoadBased([]) with { Steps = [Out(above, 1), In(below, change)] };
            var outcome = Planner.Plan(Decide(current, policy, Some.Present(cpu, current)), Some.PlanContext(current));
            return outcome is not PlanOutcome.Planned { Plan: { IsRaise: false } plan } || cpu * current / plan.Goal <= above;
        },
        iter: 10_000);

    private static StepPolicy Out(double above, int add) => new() { Signal = "cpu", Above = above, Change = add };

    private static StepPolicy In(double below, int remove) => new() { Signal = "cpu", Below = below, Change = remove };

    private static Advice Advise(int current, SignalReading reading, params StepPolicy[] steps) => Assert.Single(new StepScaling().Advise(
        Some.Context(current, [reading], loadBased: Some.LoadBased([]) with { Steps = steps.Length == 0 ? Steps : steps })));

    private static ScalingDecision Decide(int current, LoadBasedScalingPolicy policy, params SignalReading[] readings) =>
        ScalingDecisions.Decide(Some.Context(current, readings, loadBased: policy));
}
