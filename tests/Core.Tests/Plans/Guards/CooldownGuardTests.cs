using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class CooldownGuardTests : GuardTests<CooldownGuard>
{
    private static readonly HorizontalScalingPolicy Policy = Some.Horizontal(
        minimum: 2,
        scaleOut: new DirectionBehavior { Cooldown = Some.Minutes(3) },
        scaleIn: new DirectionBehavior { Cooldown = Some.Minutes(40) });

    [Fact]
    public void Passes_when_nothing_changed_yet() => Passes(Check(4, 6, After()));

    /// <summary>
    /// Azure's own example: scale-in at 13:00 with a cooldown of 40 minutes delays a scale-out that is needed at 13:20
    /// until 13:40. Here it does not.
    /// </summary>
    [Fact]
    public void Scale_out_is_never_blocked_by_the_cooldown_of_scale_in() => Passes(Check(4, 6, After(new PastChange(Some.At(-20), 6, 4))));

    [Fact]
    public void Nothing_is_lowered_until_the_newest_instances_are_warm_and_raising_goes_on()
    {
        var warming = Some.PlanContext(6, Some.Horizontal() with { WarmUp = Some.Minutes(4) }) with { History = Some.Changes(new PastChange(Some.At(-3), 4, 6)) };

        Assert.Equal(Some.At(1), Blocks<GuardReason.CoolingDown>(new CooldownGuard().Check(new PlanDraft(Some.Decision(6, 4), 4), warming)).Until);
        Passes(new CooldownGuard().Check(new PlanDraft(Some.Decision(6, 8), 8), warming));
        Passes(new CooldownGuard().Check(new PlanDraft(Some.Decision(6, 4), 4), warming with { Now = Some.At(1) }));
    }

    [Fact]
    public void Scale_out_waits_for_its_own_cooldown()
    {
        var reason = Blocks<GuardReason.CoolingDown>(Check(4, 6, After(new PastChange(Some.At(-2), 3, 4))));

        Assert.Equal(new GuardReason.CoolingDown(Some.At(1), AfterRaise: true), reason);
    }

    [Fact]
    public void Scale_out_moves_again_when_its_cooldown_is_over() => Passes(Check(4, 6, After(new PastChange(Some.At(-3), 3, 4))));

    [Fact]
    public void Scale_in_waits_after_a_scale_in() => Assert.Equal(
        new GuardReason.CoolingDown(Some.At(20), AfterRaise: false),
        Blocks<GuardReason.CoolingDown>(Check(4, 2, After(new PastChange(Some.At(-20), 6, 4)))));

    [Fact]
    public void Scale_in_waits_for_the_longer_cooldown_after_a_scale_out() => Assert.Equal(
        new GuardReason.CoolingDown(Some.At(20), AfterRaise: true),
        Blocks<GuardReason.CoolingDown>(Check(4, 2, After(new PastChange(Some.At(-20), 2, 4)))));

    [Fact]
    public void The_change_that_cools_longest_counts() => Assert.Equal(
        Some.At(35),
        Blocks<GuardReason.CoolingDown>(Check(4, 2, After(new(Some.At(-20), 6, 4), new(Some.At(-5), 3, 4), new(Some.At(-30), 6, 4)))).Until);

    [Fact]
    public void The_minimum_is_restored_without_waiting() => Passes(Check(1, 2, After(new PastChange(Some.At(-1), 0, 1))));

    [Fact]
    public void What_goes_beyond_the_minimum_waits_all_the_same()
    {
        var policy = Some.Horizontal(minimum: 6, scaleOut: new DirectionBehavior { Cooldown = Some.Minutes(30) });
        var context = Some.PlanContext(horizontal: policy) with { History = Some.Changes(new PastChange(Some.At(-2), 4, 5)) };

        var limit = Assert.IsType<GuardVerdict.Limit>(new CooldownGuard().Check(new PlanDraft(Some.Decision(5, 8), 8), context));

        Assert.Equal((6, new GuardReason.CoolingDown(Some.At(28), AfterRaise: true)), (limit.Goal, limit.Reason));
        Passes(new CooldownGuard().Check(new PlanDraft(Some.Decision(5, 6), 6), context));
    }

    private static PlanContext After(params PastChange[] changes) =>
        Some.PlanContext(horizontal: Policy) with { History = Some.Changes(changes) };
}
