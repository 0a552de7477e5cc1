using ScaleFunctions.Core.Costs;
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
    public void What_was_last_seen_an_hour_ago_says_nothing_of_now() =>
        Assert.Equal(0m, Assert.IsType<RateJudgment.Judged>(AnomalyRule.Judge(Days(30, 120, 120, 120), Band, Some.Noon.AddHours(1))).Now);

    private static RateJudgment.Judged Judged(int instances, params decimal[] past) =>
        Assert.IsType<RateJudgment.Judged>(Judge(instances, past.Length == 0 ? [120, 120, 120] : past));

    private static RateJudgment Judge(int instances, params decimal[] past) => AnomalyRule.Judge(Days(instances, past), Band, Some.Noon);

    private static List<SpendDay> Days(int instances, params decimal[] past) =>
        [.. past.Select((amount, index) => Whole(Today.AddDays(-1 - index), amount)), SpendDay.Begin("s-1", "USD", Look(Some.Noon, (Web, Seen(Some.Noon, instances))))];
}
