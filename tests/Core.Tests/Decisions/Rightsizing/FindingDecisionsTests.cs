using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeFinding;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

public sealed class FindingDecisionsTests
{
    [Fact]
    public void A_finding_that_still_holds_asks_for_its_size()
    {
        var wish = FindingDecisions.Decide(Context());

        Assert.Equal((SomeSizes.Middle, SomeSizes.Small), (wish.Size.Current, wish.Size.Desired));
        Assert.Equal("rs-0123456789", Assert.IsType<SizeReason.Found>(wish.Size.Reason).Finding.Id);
        Assert.Null(wish.Count);
    }

    [Fact]
    public void Nothing_found_asks_for_nothing()
    {
        var wish = FindingDecisions.Decide(Context(new FindingReading.Nothing("it fits")));

        Assert.False(wish.Size.IsChange);
        Assert.Equal("it fits", Assert.IsType<SizeReason.NothingFound>(wish.Size.Reason).Why);
    }

    [Fact]
    public void One_of_yesterday_is_carried_out_and_one_of_the_day_before_is_not()
    {
        Assert.True(FindingDecisions.Decide(Context() with { Now = Some.Noon.AddHours(36) }).Size.IsChange);
        Assert.Equal("it is 36.5 hours old, and at most 36 are trusted", Waits(Context() with { Now = Some.Noon.AddHours(36.5) }));
    }

    [Fact]
    public void One_of_more_risk_or_less_history_than_the_policy_asks_for_waits()
    {
        var risky = Context(Reading(Kept() with { Risk = RiskLevel.Medium }));
        Assert.Equal("its risk is medium, and the policy allows low", Waits(risky));
        Assert.True(FindingDecisions.Decide(risky with { Policy = Policy() with { MostRisk = RiskLevel.Medium } }).Size.IsChange);

        var young = Context(Reading(Kept() with { ConfidenceDays = 5 }));
        Assert.Equal("it rests on 5 days of history, and the policy asks for 6.3", Waits(young));
        Assert.True(FindingDecisions.Decide(young with { Policy = Policy() with { LeastConfidenceDays = 5 } }).Size.IsChange);
    }

    [Fact]
    public void One_that_was_made_on_other_terms_waits() =>
        Assert.StartsWith("the policy asks for other terms", Waits(Context() with { Policy = Policy() with { Headroom = Headroom.Strict } }), StringComparison.Ordinal);

    [Fact]
    public void One_that_was_suppressed_since_waits() => Assert.Equal(
        "suppressed until 2026-03-02: moves", Waits(Context() with { Policy = Policy() with { Suppressions = [new Suppression("we*", new DateOnly(2026, 3, 2), "moves")] } }));

    [Fact]
    public void One_of_which_a_price_changed_or_is_lost_waits()
    {
        Assert.Equal("an hour of Standard_D2s_v5 costs 0.12 USD now, and 0.115 USD when it was found", Waits(Context(Reading(then: 0.12m))));
        Assert.Equal("an hour of Standard_D4s_v5 costs 0.2 USD now, and 0.23 USD when it was found", Waits(Context(Reading(now: 0.2m))));
        Assert.True(FindingDecisions.Decide(Context(Reading(then: 0.1151m))).Size.IsChange);
        Assert.Equal("nobody knows any more what Standard_D2s_v5 costs: 503",
            Waits(Context(new FindingReading.Found(Kept(), Price(0.23m), new PriceReading.Missing("503")))));
    }

    [Theory]
    [InlineData(SomeSizes.Big, 10, "there are 10 × Standard_D8s_v5 now, and it was found of 10 × Standard_D4s_v5")]
    [InlineData(SomeSizes.Middle, 9, "there are 9 × Standard_D4s_v5 now, and it was found of 10 × Standard_D4s_v5")]
    [InlineData(SomeSizes.Small, 10, "it has been carried out")]
    public void One_of_something_else_waits(string size, int instances, string why) =>
        Assert.Equal(why, Waits(Context() with { Size = size, Instances = instances }));

    [Fact]
    public void Where_the_count_follows_the_load_any_count_will_do() =>
        Assert.True(FindingDecisions.Decide(Context(Reading(Kept(followsLoad: true))) with { Instances = 7 }).Size.IsChange);

    /// <summary>10 × D4 → 14 × D2: with ten of the small size half of the load would have no place.</summary>
    [Fact]
    public void More_instances_come_before_a_smaller_size()
    {
        var found = Context(Reading(Kept(toInstances: 14)));

        var first = FindingDecisions.Decide(found);
        Assert.Equal((false, 14, true), (first.Size.IsChange, first.Count!.Instances, first.SizeAfter!.IsChange));
        Assert.Equal(14, FindingDecisions.Decide(found with { Instances = 12 }).Count!.Instances);
        var then = FindingDecisions.Decide(found with { Instances = 14 });
        Assert.Equal((SomeSizes.Small, null), (then.Size.Desired, then.Count));
        Assert.Equal("it has been carried out", Waits(found with { Instances = 14, Size = SomeSizes.Small }));
    }

    /// <summary>10 × D4 → 6 × D8.</summary>
    [Fact]
    public void A_bigger_size_comes_before_fewer_instances()
    {
        var found = Context(Reading(Kept(SomeSizes.Big, 6), then: 0.115m));

        var first = FindingDecisions.Decide(found);
        Assert.Equal((SomeSizes.Big, null), (first.Size.Desired, first.Count));
        var then = FindingDecisions.Decide(found with { Size = SomeSizes.Big, Now = Some.Noon.AddHours(60) });
        Assert.Equal((false, 6), (then.Size.IsChange, then.Count!.Instances));
        Assert.StartsWith("it was begun and not ended within 72 hours", Waits(found with { Size = SomeSizes.Big, Now = Some.Noon.AddHours(73) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_of_the_same_size_need_no_roll_out()
    {
        var wish = FindingDecisions.Decide(Context(new FindingReading.Found(Kept(SomeSizes.Middle, 7) with { PriceThen = new Money(0.23m, "USD") }, Price(0.23m), Price(0.23m))));

        Assert.Equal((false, 7), (wish.Size.IsChange, wish.Count!.Instances));
    }

    /// <summary>What was added for a size that was taken back is given up again, and nothing is added for one that is left alone.</summary>
    [Fact]
    public void The_count_goes_back_when_the_size_was_taken_back()
    {
        var found = Context(Reading(Kept(toInstances: 14))) with { Sizes = SizeHistory.Empty.Shun(SomeSizes.Small, "2 are not well", Some.At(50)) };

        Assert.Equal(10, FindingDecisions.Decide(found with { Instances = 14 }).Count!.Instances);
        Assert.Null(FindingDecisions.Decide(found).Count);
        Assert.Equal("Standard_D2s_v5 did not do (2 are not well) and is left alone until 2026-03-03 12:50", Waits(found));
    }

    private static string Waits(FindingContext context)
    {
        var wish = FindingDecisions.Decide(context);
        Assert.False(wish.Size.IsChange);
        return Assert.IsType<SizeReason.FindingWaits>(wish.Size.Reason).Why;
    }
}
