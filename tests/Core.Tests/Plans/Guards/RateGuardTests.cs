using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class RateGuardTests : GuardTests<RateGuard>
{
    [Fact]
    public void Passes_without_a_limit() => Passes(Check(4, 100));

    [Fact]
    public void Passes_a_change_of_just_the_limit() => Passes(Check(4, 6, Out(new RateLimit { Instances = 2 })));

    /// <summary>Raised to 10 two minutes ago, and at 5 since because somebody else lowered it: what was needed lately still counts.</summary>
    [Fact]
    public void Lowers_only_so_far_below_the_highest_count_of_the_period()
    {
        Blocks<GuardReason.RateLimited>(Check(5, 3, In(new RateLimit { Instances = 4, Per = Some.Minutes(5) }, new PastChange(Some.At(-2), 4, 10))));
        LimitsTo(7, Check(8, 3, In(new RateLimit { Percent = 30, Per = Some.Minutes(5) }, new PastChange(Some.At(-2), 4, 10))));
        Passes(Check(5, 3, In(new RateLimit { Instances = 4, Per = Some.Minutes(1) }, new PastChange(Some.At(-2), 4, 10))));
    }

    [Fact]
    public void Makes_a_larger_change_smaller()
    {
        LimitsTo(6, Check(4, 10, Out(new RateLimit { Instances = 2 })));
        LimitsTo(8, Check(10, 4, In(new RateLimit { Instances = 2 })));
    }

    /// <summary>Of 20 units the usual rates let 20 come and 2 go; the steps beside are 50 and 10, and less than one is none.</summary>
    [Theory]
    [InlineData(20, 100, 50), InlineData(50, 100, 100), InlineData(20, 10, 10), InlineData(100, 10, 50)]
    public void What_is_sold_in_steps_moves_by_one_in_a_period(int from, int goal, int expected)
    {
        var context = Some.PlanContext(from, Some.Horizontal(scaleOut: DirectionBehavior.DefaultOut, scaleIn: DirectionBehavior.DefaultIn)) with
        {
            Declared = StepsGuardTests.Kind([10, 20, 50, 100]),
        };

        Assert.Equal(expected, Check(from, goal, context) switch { GuardVerdict.Limit limit => limit.Goal, _ => goal });

        // And by none beyond it, in the same period.
        var moved = goal > from ? new PastChange(Some.At(-0.5), 10, from) : new PastChange(Some.At(-0.5), 100 + from, from);
        Assert.IsNotType<GuardVerdict.Pass>(Check(from, goal, context with { History = Some.Changes(moved) }));
    }

    /// <summary>The documented example of the Kubernetes HPA: 10 % of 80 is 8, of 72 is 7.2, rounded up to 8.</summary>
    [Theory]
    [InlineData(80, 72)]
    [InlineData(72, 64)]
    [InlineData(10, 9)]
    [InlineData(1, 0)]
    public void A_share_is_rounded_up(int from, int goal) =>
        Assert.Equal(goal, Goal(from, -1, In(new RateLimit { Percent = 10 })));

    [Fact]
    public void A_share_of_no_instances_is_one() => Assert.Equal(1, Goal(0, 20, Out(new RateLimit { Percent = 100 })));

    [Theory]
    [InlineData(RateChoice.Larger, 30)]
    [InlineData(RateChoice.Smaller, 24)]
    public void Of_two_limits_the_chosen_one_holds(RateChoice choose, int goal) =>
        LimitsTo(goal, Check(20, 99, Out(new RateLimit { Percent = 50, Instances = 4, Choose = choose })));

    [Fact]
    public void What_moved_within_the_period_counts_from_where_the_period_began()
    {
        var limit = new RateLimit { Percent = 50, Per = Some.Minutes(5) };

        LimitsTo(15, Check(12, 30, Out(limit, new PastChange(Some.At(-4), 10, 12))));
        LimitsTo(18, Check(12, 30, Out(limit, new PastChange(Some.At(-5), 10, 12))));
        LimitsTo(5, Check(8, 1, In(limit, new PastChange(Some.At(-4), 10, 8))));
    }

    [Fact]
    public void Blocks_when_the_period_is_used_up() => Assert.Equal(
        new GuardReason.RateLimited(2, Some.Minutes(1)),
        Blocks<GuardReason.RateLimited>(Check(6, 8, Out(new RateLimit { Instances = 2 }, new PastChange(Some.At(-0.5), 4, 6)))));

    [Fact]
    public void A_move_in_the_other_direction_uses_nothing_up() =>
        Passes(Check(4, 6, Out(new RateLimit { Instances = 2 }, new PastChange(Some.At(-0.5), 9, 4))));

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void The_minimum_is_restored_at_any_rate(int wanted)
    {
        var used = Out(new RateLimit { Instances = 1 }, new PastChange(Some.At(-0.5), 0, 1));

        Assert.Equal(3, Goal(1, wanted, used with { Horizontal = used.Horizontal with { Minimum = 3 } }));
    }

    [Fact]
    public void Absurd_numbers_overflow_nothing()
    {
        var limit = new RateLimit { Percent = 100, Per = Some.Minutes(5) };
        PastChange absurd = new(Some.At(-1), int.MaxValue, int.MinValue);

        Blocks<GuardReason.RateLimited>(Check(int.MaxValue, 0, In(limit, absurd, absurd, absurd)));
    }

    private static int Goal(int from, int wanted, PlanContext context) => Check(from, wanted, context) switch
    {
        GuardVerdict.Limit limit => limit.Goal,
        GuardVerdict.Pass => wanted,
        _ => from,
    };

    private static PlanContext Out(RateLimit limit, params PastChange[] changes) =>
        Some.PlanContext(horizontal: Some.Horizontal(scaleOut: new DirectionBehavior { AtMost = limit })) with
        {
            History = Some.Changes(changes),
        };

    private static PlanContext In(RateLimit limit, params PastChange[] changes) =>
        Some.PlanContext(horizontal: Some.Horizontal(scaleIn: new DirectionBehavior { AtMost = limit })) with
        {
            History = Some.Changes(changes),
        };
}
