using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class PeakHourTests
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    [Fact]
    public void It_is_the_hour_with_the_highest_mean_and_not_the_highest_sample()
    {
        var peak = Of(minute => minute == 200 ? 100 : minute is >= 600 and < 660 ? 60 : 20);

        Assert.Equal(Some.Noon.AddDays(-1).AddMinutes(600).TimeOfDay, peak!.Begin);
    }

    [Fact]
    public void Of_too_little_of_a_day_nobody_knows()
    {
        Assert.Null(Of(minute => minute < 200 ? null : 20));
        Assert.Null(PeakHour.Of(new MetricSeries.Failed("503"), Grain, Some.Noon));
        Assert.Null(PeakHour.Of(null, Grain, Some.Noon));
    }

    [Fact]
    public void It_comes_again_today_or_tomorrow()
    {
        Assert.Equal(Some.Noon.AddHours(2), new PeakHour(TimeSpan.FromHours(14)).After(Some.Noon));
        Assert.Equal(Some.Noon.AddHours(21), new PeakHour(TimeSpan.FromHours(9)).After(Some.Noon));
        Assert.Equal(Some.Noon, new PeakHour(TimeSpan.FromHours(12)).After(Some.Noon));
    }

    private static PeakHour? Of(Func<int, double?> cpu) => PeakHour.Of(
        new MetricSeries.Received([.. Enumerable.Range(0, 288).Select(each => new MetricPoint(Some.Noon.AddDays(-1) + (each * Grain), cpu(each * 5), null))]), Grain, Some.Noon);
}
