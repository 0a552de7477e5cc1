using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

public sealed class UsageEstimatesTests
{
    private const int Week = 7 * 24 * 60;

    private static readonly EstimateTerms Terms = new() { Now = Some.Noon, Percentile = 0.95, LookBack = TimeSpan.FromDays(7) };

    /// <summary>Two minutes of each half hour at 10 cores, else 1: the mean of half an hour is 1.6, and 6.7 % of minutes are bursts.</summary>
    [Fact]
    public void Bursts_that_means_of_half_an_hour_hide_are_kept()
    {
        var known = Assert.IsType<UsageEstimate.Known>(UsageEstimates.OfProcessors(Minutes(at => at % 30 < 2 ? 10 : 1), Terms with { Percentile = 0.9 }));

        Assert.InRange(known.Typical, 1, 1.055);
        Assert.Equal((10, 10, 1.6), (known.Burst, known.Highest, Math.Round(known.Mean, 6)));
    }

    /// <summary>The 99.5th percentile of a week leaves 50 minutes out: 40 of them are chance, 60 are not.</summary>
    [Theory]
    [InlineData(40, 1)]
    [InlineData(60, 10)]
    public void A_few_minutes_of_a_week_are_told_and_not_planned_for(int minutes, double burst)
    {
        var known = Assert.IsType<UsageEstimate.Known>(UsageEstimates.OfProcessors(Minutes(at => at < minutes ? 10 : 1), Terms));

        Assert.Equal((burst, 10), (known.Burst, known.Highest));
    }

    /// <summary>Constant 8 cores for a week: every percentile is 8, the bounds are × 1 + 1/7 and × (1 + 0.001/7)^-2.</summary>
    [Fact]
    public void Bounds_are_as_wide_as_the_history_is_short()
    {
        var known = Assert.IsType<UsageEstimate.Known>(UsageEstimates.OfProcessors(Minutes(_ => 8), Terms));

        Assert.Equal(7, known.Confidence, 3);
        Assert.Equal(known.Typical * 8 / 7, known.Upper, 6);
        Assert.Equal(known.Typical / Math.Pow(1 + (0.001 / 7), 2), known.Lower, 6);
    }

    /// <summary>Of memory an hour's peak is the sample, and the most there ever was is needed whatever the percentile.</summary>
    [Fact]
    public void Memory_is_as_high_as_its_peaks()
    {
        var known = Assert.IsType<UsageEstimate.Known>(UsageEstimates.OfMemory(Minutes(at => at % 60 == 7 ? 6 : 2), Terms));
        var once = Assert.IsType<UsageEstimate.Known>(UsageEstimates.OfMemory(Minutes(at => at == 7 ? 6 : 2), Terms));

        Assert.InRange(known.Typical, 6, 6.33);
        Assert.InRange(once.Typical, 2, 2.11);
        Assert.Equal(6, once.Burst);
    }

    [Fact]
    public void Too_little_of_the_look_back_tells_nothing()
    {
        var unknown = Assert.IsType<UsageEstimate.Unknown>(UsageEstimates.OfProcessors([.. Minutes(_ => 1).Take(60 * 24)], Terms));

        Assert.True(unknown.IsShort);
        Assert.Equal("too short a history: 24 hours of 7 days", unknown.Why);
        Assert.False(Assert.IsType<UsageEstimate.Unknown>(UsageEstimates.OfMemory([], Terms)).IsShort);
    }

    /// <summary>The upper bound's percentile is never below that of the estimate, or a strict plan would lie above its own bound.</summary>
    [Fact]
    public void The_upper_bound_is_never_below_the_estimate() =>
        Assert.Equal(0.995, (Terms with { Percentile = 0.995 }).UpperPercentile);

    private static UsageSample[] Minutes(Func<int, double> cores) =>
        [.. Enumerable.Range(0, Week).Select(at => new UsageSample(Some.Noon.AddMinutes(at - Week), cores(at), 1))];
}
