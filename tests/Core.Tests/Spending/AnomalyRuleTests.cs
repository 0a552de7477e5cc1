using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Spending;

/// <summary>Usual are 5 an hour: 120 a day. Now there are ten instances at 0.50 unless said otherwise.</summary>
public sealed class AnomalyRuleTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly AnomalyBand Band = new(0.3, 1);

    [Fact]
    public void As_much_as_usual_is_none()
    {
        var judged = Judged(10);

        Assert.Equal((5m, 5m, 6.5m), (judged.Now, judged.Usual, judged.Most));
        Assert.False(judged.IsAnomaly);
        Assert.Empty(judged.More);
    }

    [Fact]
    public void More_than_the_band_is_one_and_says_for_what()
    {
        var judged = Judged(30);

        Assert.True(judged.IsAnomaly);
        Assert.Equal((Web, 10m), (Assert.Single(judged.More).Key, judged.More[0].Value));
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(14, true)]
    public void The_edge_of_the_band_is_usual(int instances, bool isAnomaly) => Assert.Equal(isAnomaly, Judged(instances).IsAnomaly);

    /// <summary>4, 5 and 9 an hour deviate by 1 on the median: 5 + 3 × 1.4826 = 9.4478.</summary>
    [Fact]
    public void What_varies_much_has_a_wide_band() => Assert.Equal(9.4478m, Judged(10, 96, 120, 216).Most);

    [Fact]
    public void Fewer_than_three_days_tell_nothing() => Assert.IsType<RateJudgment.NotJudged>(Judge(30, 120, 120));

    [Fact]
    public void What_was_last_seen_an_hour_ago_says_nothing_of_now() => Assert.Equal(
        $"{Web} was last seen at 2026-03-02 12:00 UTC", NotJudged(AnomalyRule.Judge(Days(30, 120, 120, 120), Band, Some.Noon.AddHours(1))));

    /// <summary>Without what nobody knows now, it would be less than usual.</summary>
    [Fact]
    public void What_had_a_price_and_has_none_is_not_judged() =>
        Assert.Equal($"{Web} has no price: no meter is listed", NotJudged(AnomalyRule.Judge([.. Past(120, 120, 120), Now((Web, 30, NoPrice), (Api, 2, Price()))], Band, Some.Noon)));

    [Fact]
    public void What_is_known_may_be_too_much_already() =>
        Assert.True(Assert.IsType<RateJudgment.Judged>(AnomalyRule.Judge([.. Past(120, 120, 120), Now((Web, 10, NoPrice), (Api, 30, Price()))], Band, Some.Noon)).IsAnomaly);

    [Fact]
    public void What_never_had_a_price_is_left_out_of_both() =>
        Assert.False(Assert.IsType<RateJudgment.Judged>(AnomalyRule.Judge([.. Past(120, 120, 120), Now((Web, 10, Price()), (Api, 30, NoPrice))], Band, Some.Noon)).IsAnomaly);

    /// <summary>It came today, with a price, and lost it.</summary>
    [Fact]
    public void What_came_today_and_lost_its_price_is_not_judged()
    {
        var now = Now((Web, 10, Price()), (Api, 30, NoPrice));
        var counted = now with { Rows = [.. now.Rows.Select(row => row.Resource == Api ? row with { Hours = Row(Api, 24, Some.Noon).Hours } : row)] };

        Assert.StartsWith(Api, NotJudged(AnomalyRule.Judge([.. Past(120, 120, 120), counted], Band, Some.Noon)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_went_is_known_to_cost_nothing() =>
        Assert.Equal(0m, Assert.IsType<RateJudgment.Judged>(AnomalyRule.Judge([.. Past(120, 120, 120), Now((Web, 0, NoPrice))], Band, Some.Noon)).Now);

    /// <summary>After midnight, before the first look that worked.</summary>
    [Fact]
    public void A_subscription_that_was_counted_yesterday_and_not_today_is_not_judged() =>
        Assert.Equal("subscription s-1 was not counted today", NotJudged(AnomalyRule.Judge(Past(120, 120, 120), Band, Some.Noon)));

    private static RateJudgment.Judged Judged(int instances, params decimal[] past) =>
        Assert.IsType<RateJudgment.Judged>(Judge(instances, past.Length == 0 ? [120, 120, 120] : past));

    private static RateJudgment Judge(int instances, params decimal[] past) => AnomalyRule.Judge(Days(instances, past), Band, Some.Noon);

    private static string NotJudged(RateJudgment judgment) => Assert.IsType<RateJudgment.NotJudged>(judgment).Why;

    private static List<SpendDay> Days(int instances, params decimal[] past) => [.. Past(past), Now((Web, instances, Price()))];

    private static List<SpendDay> Past(params decimal[] past) => [.. past.Select((amount, index) => Whole(Today.AddDays(-1 - index), amount))];

    private static SpendDay Now(params (string Resource, int Instances, PriceReading Price)[] seen) =>
        SpendDay.Begin("s-1", "USD", Look(Some.Noon, [.. seen.Select(each => (each.Resource, Seen(Some.Noon, each.Instances, each.Price)))]));
}
