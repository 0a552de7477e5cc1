using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Autoscale;

public sealed class AutoscaleWindowTests
{
    /// <summary>Ten minutes of 10, 20, … 100 on two instances, the last five on four.</summary>
    private static (double Value, int Instances)? Minute(DateTimeOffset begins)
    {
        var minute = (int)(begins - Some.Noon).TotalMinutes;
        return minute is < 0 or > 9 ? null : (10 * (minute + 1), minute < 5 ? 2 : 4);
    }

    [Theory]
    [InlineData(SampleStatistic.Average, WindowAggregation.Average, 1, 55)]
    [InlineData(SampleStatistic.Average, WindowAggregation.Maximum, 1, 100)]
    [InlineData(SampleStatistic.Average, WindowAggregation.Minimum, 1, 10)]
    [InlineData(SampleStatistic.Average, WindowAggregation.Last, 1, 100)]
    [InlineData(SampleStatistic.Average, WindowAggregation.Count, 1, 10)]
    [InlineData(SampleStatistic.Sum, WindowAggregation.Total, 1, 1900)]
    [InlineData(SampleStatistic.Count, WindowAggregation.Maximum, 1, 4)]
    [InlineData(SampleStatistic.Max, WindowAggregation.Average, 5, 75)]
    [InlineData(SampleStatistic.Min, WindowAggregation.Average, 5, 35)]
    [InlineData(SampleStatistic.Average, WindowAggregation.Average, 4, 62.380952)]
    public void Combines_minutes_into_samples_and_samples_into_a_value(SampleStatistic statistic, WindowAggregation aggregation, int grain, double value)
    {
        var rule = SomeAutoscale.Out(70) with { Statistic = statistic, Aggregation = aggregation, Grain = Some.Minutes(grain) };

        Assert.Equal(value, AutoscaleWindow.Value(rule, Some.At(10), Minute)!.Value, 6);
    }

    [Fact]
    public void Minutes_that_are_missing_are_left_out_and_a_window_of_none_has_no_value()
    {
        var rule = SomeAutoscale.Out(70);

        Assert.Equal(80, AutoscaleWindow.Value(rule, Some.At(15), Minute));
        Assert.Null(AutoscaleWindow.Value(rule, Some.At(30), Minute));
    }
}
