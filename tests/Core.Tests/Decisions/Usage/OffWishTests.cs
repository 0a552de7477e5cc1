using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Usage;

/// <summary>What becomes of a wish of off-hours beside a load that is kept at 60 % of an instance.</summary>
public sealed class OffWishTests
{
    private static readonly OffWish.Lower Stop = new(0, Some.Noon, null);

    private static readonly OffWish.Lower ToOne = new(1, Some.Noon, null);

    [Fact]
    public void What_is_stopped_has_no_load()
    {
        var decision = ScalingDecisions.Decide(Some.Context(6, [Some.Present(90, 6)], Some.Horizontal(0)) with { Off = Stop });

        Assert.Equal((0, true), (decision.Desired, decision.Reason.IsOfSchedule));
        Assert.Empty(decision.Projections);
        Assert.Equal(0, ScalingDecisions.Decide(Some.Context(6, [Some.Missing()], Some.Horizontal(0, whenBlind: 8)) with { Off = Stop }).Desired);
        Assert.Equal(0, ScalingDecisions.Decide(Some.Context(0, [Some.Missing()], Some.Horizontal(0, whenBlind: 8)) with { Off = Stop }).Desired);
    }

    [Fact]
    public void Above_what_is_left_the_load_decides_and_without_proof_nothing_is_lowered()
    {
        Assert.Equal(9, ScalingDecisions.Decide(Some.Context(6, [Some.Present(90, 6)]) with { Off = ToOne }).Desired);
        Assert.Equal(2, ScalingDecisions.Decide(Some.Context(6, [Some.Present(20, 6)]) with { Off = ToOne }).Desired);
        Assert.Equal(6, ScalingDecisions.Decide(Some.Context(6, [Some.Missing()]) with { Off = ToOne }).Desired);
    }

    [Fact]
    public void Without_a_load_it_is_what_is_left_and_never_more()
    {
        Assert.Equal(1, ScalingDecisions.Decide(Some.Context(6, []) with { LoadBased = null, Off = ToOne }).Desired);
        Assert.Equal(1, ScalingDecisions.Decide(Some.Context(1, []) with { LoadBased = null, Off = new OffWish.Lower(3, Some.Noon, null) }).Desired);
    }

    [Fact]
    public void A_minimum_of_the_moment_goes_before_it() =>
        Assert.Equal(4, ScalingDecisions.Decide(Some.Context(6, [], Some.Horizontal(4)) with { LoadBased = null, Off = Stop }).Desired);

    [Fact]
    public void A_return_lifts_the_minimum_within_the_maximum()
    {
        var policy = Some.Horizontal(2, 8);

        Assert.Equal((6, "back"), (policy.LiftedTo(6, Some.Noon, "back").Minimum, policy.LiftedTo(6, Some.Noon, "back").Floor!.Reason));
        Assert.Equal((8, 2, 0), (policy.LiftedTo(9, Some.Noon, "").Minimum, policy.LiftedTo(1, Some.Noon, "").Minimum, policy.LoweredTo(-1).Minimum));
    }
}
