using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Sizing;

public sealed class SizeUsesTests
{
    private static readonly TimeSpan Grain = Some.Minutes(5);

    private static readonly UsageMetric Cpu = UsageMetric.Of(UsageMetric.Processors, Some.Id())!;

    /// <summary>1 to 20: the mean is 10.5, and 19 of 20 samples are at most 19.</summary>
    [Fact]
    public void Tells_the_mean_what_is_usual_and_the_highest() =>
        Assert.Equal(new SizeUse.Known(10.5, 19, 20), Read(Cpu, Series(Enumerable.Range(1, 20).Select(each => (double?)each)), Some.Minutes(100)));

    [Fact]
    public void What_is_left_is_turned_into_what_is_used() => Assert.Equal(
        new SizeUse.Known(50, 75, 75),
        SizeUses.Of(
            UsageMetric.Of(UsageMetric.Memory, Some.Id()), UsedPart.Memory, SomeSizes.Offers[SomeSizes.Middle], Series([12 * Gib, 4 * Gib]), Some.Minutes(10), Grain, Some.Noon));

    [Fact]
    public void Only_the_span_counts() => Assert.Equal(new SizeUse.Known(30, 30, 30), Read(Cpu, Series([99, 99, 30, 30]), Some.Minutes(10)));

    [Theory]
    [InlineData(18, true)]
    [InlineData(17, false)]
    public void A_tenth_may_be_missing_and_no_more(int samples, bool isKnown) => Assert.Equal(
        isKnown, Read(Cpu, Series(Enumerable.Range(0, 20).Select(each => each < samples ? 10d : (double?)null)), Some.Minutes(100)) is SizeUse.Known);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(101)]
    public void What_cannot_be_a_percentage_is_no_sample(double value) => Assert.Equal(
        new SizeUse.Unknown("there are 0 of 1 samples of Percentage CPU"), Read(Cpu, Series([value]), Grain));

    [Fact]
    public void Nothing_and_a_failure_are_told_apart()
    {
        Assert.Equal(new SizeUse.Unknown("there are no samples of Percentage CPU"), Read(Cpu, null, Grain));
        Assert.Equal(new SizeUse.Unknown("429"), Read(Cpu, new MetricSeries.Failed("429"), Grain));
    }

    [Fact]
    public void A_kind_without_a_metric_and_a_size_that_nobody_knows_are_not_judged()
    {
        Assert.Equal(
            new SizeUse.Unknown("no metric tells the use of its memory"),
            SizeUses.Of(null, UsedPart.Memory, SomeSizes.Offers[SomeSizes.Middle], Series([1]), Grain, Grain, Some.Noon));
        Assert.Equal(new SizeUse.Unknown("what its size has is not known"), SizeUses.Of(Cpu, UsedPart.Cpu, null, Series([1]), Grain, Grain, Some.Noon));
    }

    private const double Gib = 1024d * 1024 * 1024;

    private static SizeUse Read(UsageMetric metric, MetricSeries? series, TimeSpan span) =>
        SizeUses.Of(metric, UsedPart.Cpu, SomeSizes.Offers[SomeSizes.Middle], series, span, Grain, Some.Noon);

    /// <summary>The last one ends at noon.</summary>
    private static MetricSeries.Received Series(IEnumerable<double?> values)
    {
        var all = values.ToList();
        return new MetricSeries.Received([.. all.Select((value, index) => new MetricPoint(Some.Noon - ((all.Count - index) * Grain), value, null))]);
    }
}
