using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;
using ScaleFunctions.Core.Tests.Policies;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class LossToSurviveTests
{
    private const int Cases = 10_000;

    private static readonly LossToSurvive OneOfThree = new(3);

    private static readonly Gen<LossToSurvive> Loss = Chaos.OneOf(
        LossToSurvive.Nothing, LossToSurvive.Instance, new LossToSurvive(2), OneOfThree, new LossToSurvive(5));

    [Theory]
    [InlineData(0, 6, 6), InlineData(int.MaxValue, 5, 7), InlineData(3, 4, 9), InlineData(2, 3, 12)]
    public void Of_six_are_left_and_for_six_are_needed(int parts, int left, int needed)
    {
        Assert.Equal(left, new LossToSurvive(parts).Survivors(6));
        Assert.Equal(needed, new LossToSurvive(parts).Needed(6));
    }

    [Fact]
    public void What_is_needed_is_enough_and_one_fewer_is_not() => Gen.Select(Loss, Gen.Int[1, 3000]).Sample(
        (loss, survivors) => loss.Survivors(loss.Needed(survivors)) >= survivors && loss.Survivors(loss.Needed(survivors) - 1) < survivors,
        iter: Cases);

    [Theory]
    [InlineData(SurvivableLoss.Zone, 3, 3), InlineData(SurvivableLoss.Zone, 1, int.MaxValue), InlineData(SurvivableLoss.Zone, 0, int.MaxValue)]
    [InlineData(SurvivableLoss.Instance, 3, int.MaxValue), InlineData(SurvivableLoss.None, 3, 0)]
    public void A_target_in_fewer_than_two_zones_survives_the_loss_of_an_instance(SurvivableLoss wanted, int zones, int parts) =>
        Assert.Equal(parts, LossToSurvive.Of(wanted, zones).Parts);

    [Theory]
    [InlineData(9, 40, 9, "cpu 40 is close enough to its target of 40, so that one of 3 zones may be lost")]
    [InlineData(9, 45, 11, "cpu 45 against a target of 40: the load fits 11 instances, there are 9, so that one of 3 zones may be lost")]
    [InlineData(12, 20, 6, "cpu 20 against a target of 40: the load fits 6 instances, there are 12, so that one of 3 zones may be lost")]
    public void The_load_fits_when_a_zone_may_be_lost(int current, double cpu, int desired, string reason)
    {
        var decision = Decide(current, cpu, OneOfThree);

        Assert.Equal((desired, reason), (decision.Desired, ReasonText.Of(decision.Reason)));
    }

    /// <summary>Whatever it decides, after the loss the rest is not above the tolerance; and it does not ask for more again itself.</summary>
    [Fact]
    public void After_the_loss_the_rest_carries_the_load_and_the_decision_is_at_rest() => Gen.Select(Loss, Gen.Int[2, 200], Gen.Double[1, 95]).Sample(
        (loss, current, cpu) =>
        {
            var load = current * cpu;
            var decided = Decide(current, cpu, loss).Desired;
            var left = loss.Survivors(decided);
            return left > 0 && load / left <= 66.000001 && Decide(decided, load / decided, loss).Desired <= decided;
        },
        iter: Cases);

    [Fact]
    public void A_lowering_that_leaves_too_little_after_a_loss_would_flap()
    {
        var projection = new LoadProjection("cpu", 360, 66) { Loss = OneOfThree };

        Assert.False(projection.WouldScaleOutAt(9));
        Assert.False(projection.WouldScaleOutAt(8) && projection.On(8) < 66);
        Assert.True(projection.WouldScaleOutAt(7));
    }

    [Fact]
    public void It_is_read_and_a_minimum_of_one_is_refused_beside_it()
    {
        var text = PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal.Replace("whenBlind: 8", "surviveLossOf: zone"), PolicyTexts.LoadBased);

        Assert.Equal(SurvivableLoss.Zone, PolicyTexts.Read(text).HorizontalScaling[0].SurvivesLossOf);
        Assert.Contains(
            "15:56: 'spec.instances.surviveLossOf' cannot be with a minimum of 1: when that one is lost, none is left; use at least 2",
            PolicyTexts.Errors(text.Replace("minimum: 3", "minimum: 1")));
    }

    private static ScalingDecision Decide(int current, double cpu, LossToSurvive loss) => ScalingDecisions.Decide(
        Some.Context(current, [Some.Present(cpu, current)], Some.Horizontal(1, 1000, scaleIn: new DirectionBehavior { Stabilization = TimeSpan.Zero })) with { Loss = loss });
}
