using ScaleFunctions.Core.Forecasts.Seasons;

namespace ScaleFunctions.Core.Tests.Forecasts.Seasons;

public sealed class SeasonsTests
{
    [Fact]
    public void Autocorrelation_is_that_of_the_definition()
    {
        var values = Loads.Noise(100, 8);
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean));

        var correlations = Autocorrelation.Of(values, 30);

        Assert.All(Enumerable.Range(0, 31), lag => Assert.Equal(
            Enumerable.Range(0, 100 - lag).Sum(i => (values[i] - mean) * (values[i + lag] - mean)) / variance, correlations[lag], 1e-9));
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(12, 24)]
    [InlineData(7, 28)]
    [InlineData(10, 30)]
    [InlineData(34, 34)]
    public void The_period_is_found_or_a_multiple_of_it_that_covers_a_day(int period, int expected)
    {
        var noise = Loads.Noise(14 * 24, 2);
        double[] values = [.. noise.Select((each, i) => 50 + (20 * Math.Sin(2 * Math.PI * i / period)) + each)];

        Assert.Equal(expected, PeriodDetection.Find(values, stepsPerDay: 24));
    }

    [Fact]
    public void Noise_a_constant_and_a_short_history_are_taken_by_the_day()
    {
        Assert.Equal(24, PeriodDetection.Find(Loads.Noise(14 * 24, 6), 24));
        Assert.Equal(24, PeriodDetection.Find(new double[14 * 24], 24));
        Assert.Equal(24, PeriodDetection.Find(Loads.Noise(30, 6), 24));
    }

    [Fact]
    public void A_batch_of_every_seven_hours_is_forecast_on_time()
    {
        double[] values = [.. Loads.Noise(15 * 24, 2).Select((each, i) => (i % 7 == 0 ? 100 : 20) + each)];

        var forecast = Loads.Forecast(values[..^24]);

        Assert.All(Loads.Means(forecast).Zip(values[^24..]), pair => Assert.InRange(pair.First - pair.Second, -10, 10));
    }

    [Fact]
    public void Strength_is_one_for_a_pure_season_and_nothing_for_a_constant()
    {
        Assert.Equal(1, SeasonalStrength.Of(Loads.Daily(days: 14, noise: 0), 24), 1e-6);
        Assert.Equal(0, SeasonalStrength.Of(new double[14 * 24], 24));
        Assert.Equal(0, SeasonalStrength.Of(new double[30], 24));
    }
}
