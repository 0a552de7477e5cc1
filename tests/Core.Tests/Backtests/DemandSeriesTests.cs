using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class DemandSeriesTests
{
    [Theory]
    [InlineData(8, 7, 1)]
    [InlineData(23, 7, 16)]
    [InlineData(24, 14, 10)]
    [InlineData(42, 14, 28)]
    [InlineData(60, 14, 28)]
    public void A_week_or_two_warm_up_and_four_weeks_at_most_are_scored(int days, int warmUp, int scored)
    {
        var series = DemandSeries.Scale("a", Waves.Daily(days), 20);

        Assert.Equal((warmUp * 1440, scored), (series.ScoredFrom, series.ScoredDays));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5)]
    public void The_scored_minutes_need_the_mean_asked_for(double mean)
    {
        var series = DemandSeries.Scale("a", [.. Waves.Daily(12).Select((value, i) => i < 7 * 1440 ? value * 3 : value)], mean);

        Assert.Equal(mean, series.Demand[series.ScoredFrom..].ToArray().Average(), 9);
    }

    [Fact]
    public void Of_a_long_load_the_last_days_are_used()
    {
        var load = Waves.Daily(50);
        load[^1] = 1000;

        var series = DemandSeries.Scale("a", load, 20);

        Assert.Equal(42 * 1440, series.Minutes);
        Assert.Equal(series.Needed[^1], series.Peak);
    }

    [Fact]
    public void Bounds_and_start_come_from_the_demand()
    {
        var load = new double[10 * 1440];
        Array.Fill(load, 2);
        load[0] = 9;

        var series = DemandSeries.Scale("a", load, 2);

        Assert.Equal((12, 15, 2), (series.FirstInstances, series.MaximumInstances, series.Peak));
    }

    [Fact]
    public void Negative_load_counts_as_none_and_an_idle_minute_needs_one()
    {
        var load = Waves.Daily(9);
        load[^1] = -5;

        var series = DemandSeries.Scale("a", load, 20);

        Assert.Equal((0, 1), (series.Demand[^1], series.Needed[^1]));
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(1.0000000001, 1)]
    [InlineData(1.00001, 2)]
    [InlineData(2.0, 2)]
    public void Needed_are_whole_instances_errors_of_rounding_aside(double demand, int instances) =>
        Assert.Equal(instances, ScalingProtocol.InstancesFor(demand));

    [Fact]
    public void Too_short_or_empty_a_load_is_told()
    {
        Assert.Contains("at least 8", Assert.Throws<FormatException>(() => DemandSeries.Scale("a", Waves.Daily(7), 20)).Message, StringComparison.Ordinal);
        Assert.Contains("no load", Assert.Throws<FormatException>(() => DemandSeries.Scale("a", new double[9 * 1440], 20)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DemandSeries.Scale("a", Waves.Daily(9), 0));
    }
}
