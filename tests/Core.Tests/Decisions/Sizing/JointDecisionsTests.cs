using CsCheck;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Sizing;

public sealed class JointDecisionsTests
{
    private static readonly SizeContext Context = SomeSizes.Context(SomeSizes.Use(50), SomeSizes.Use(60));

    private static readonly SizeDecision Step = SizeDecisions.Decide(Context);

    private static readonly SizeWish Wish = new(Some.Noon, SomeSizes.Middle, SizeWishVerdict.Change, "6 of it save 100") { Size = SomeSizes.Small, Instances = 6 };

    [Fact]
    public void What_the_planner_found_is_taken_with_as_many_instances_as_keep_the_strength()
    {
        var decision = Decide(Wish);

        Assert.Equal((SomeSizes.Small, new SizeReason.Cheaper(SomeSizes.Small, "6 of it save 100"), (int?)9), (decision.Desired, decision.Reason, decision.Instances));
    }

    [Fact]
    public void An_instance_that_is_short_does_not_wait_for_the_planner()
    {
        var pressed = SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(90), SomeSizes.Use(60)));

        var decision = JointDecisions.Decide(pressed, Wish, Context, most: 20, begun: null);
        Assert.Equal((SomeSizes.Big, (int?)null), (decision.Desired, decision.Instances));
    }

    [Fact]
    public void What_the_planner_does_not_know_leaves_one_step_with_its_reason()
    {
        var idle = SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(10), SomeSizes.Use(10)));
        var decision = JointDecisions.Decide(idle, Wish with { Verdict = SizeWishVerdict.Unknown, Why = "no price" }, Context, most: 20, begun: null);

        Assert.Equal((SomeSizes.Small, "no price", (int?)null), (decision.Desired, decision.Fallback, decision.Instances));
        Assert.EndsWith("because size and count together could not be planned: no price", Core.Journal.SizeText.Of(decision), StringComparison.Ordinal);
        Assert.Same(idle, JointDecisions.Decide(idle, null, Context, most: 20, begun: null));
    }

    [Fact]
    public void What_is_not_worth_a_change_stays() =>
        Assert.Equal(new SizeReason.PlannerKeeps("paid in advance"), Decide(Wish with { Verdict = SizeWishVerdict.Keep, Why = "paid in advance" }).Reason);

    [Fact]
    public void What_the_planner_could_not_judge_it_does_not_speak_against()
    {
        var idle = SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(10), SomeSizes.Use(10)));
        var keeps = Wish with { Verdict = SizeWishVerdict.Keep, Why = "it fits", Refused = new Dictionary<string, string> { [SomeSizes.Small] = "no price" } };

        Assert.Equal((SomeSizes.Small, $"{SomeSizes.Small}: no price"), JointDecisions.Decide(idle, keeps, Context, most: 20, begun: null) is var step ? (step.Desired, step.Fallback) : default);
        Assert.False(JointDecisions.Decide(idle, keeps with { Refused = new Dictionary<string, string>() }, Context, most: 20, begun: null).IsChange);
    }

    [Fact]
    public void Where_the_maximum_has_no_room_for_the_instances_between_it_stays_at_one_step() =>
        Assert.Equal($"{SomeSizes.Small} would take 9 instances meanwhile, and the maximum is 8", JointDecisions.Decide(Step, Wish, Context, most: 8, begun: null).Fallback);

    /// <summary>Else each instance that came would ask for more of them.</summary>
    [Fact]
    public void A_move_that_is_begun_keeps_its_number()
    {
        var more = Context with { Instances = 9 };

        Assert.Equal(9, JointDecisions.Decide(Step, Wish, more, most: 20, new JointMove(SomeSizes.Small, 9, Some.At(60))).Instances);
        Assert.Equal(20, JointDecisions.Decide(Step, Wish, more, most: 20, new JointMove(SomeSizes.Big, 9, Some.At(60))).Instances ?? 20);
    }

    /// <summary>Batch after batch, each restarting while the others run: there are never fewer cores than there were.</summary>
    [Fact]
    public void There_is_never_less_strength_than_before_between_the_sizes() => Gen.Select(Gen.Int[1, 60], Gen.Int[1, 32], Gen.Int[1, 32], Gen.Double[0.01, 1]).Sample((instances, now, then, batch) =>
    {
        var count = StrengthKept.Count(instances, SomeSizes.Offer("now", now), SomeSizes.Offer("then", then), batch);
        if (count - StrengthKept.Down(count, batch) < instances * now / (double)Math.Min(now, then))
        {
            // All at once leaves nobody, however many there are.
            Assert.True(batch > 0.85);
            return;
        }

        for (var upgraded = 0; upgraded < count;)
        {
            var down = Math.Min(StrengthKept.Down(count, batch), count - upgraded);
            Assert.True((upgraded * then) + ((count - upgraded - down) * now) >= instances * now);
            upgraded += down;
        }
    });

    private static SizeDecision Decide(SizeWish wish) => JointDecisions.Decide(Step, wish, Context, most: 20, begun: null);
}
