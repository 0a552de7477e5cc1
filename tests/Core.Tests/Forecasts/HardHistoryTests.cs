using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

/// <summary>Histories nobody would draw in a text book: what comes out is documented, and looks like what it is.</summary>
public sealed class HardHistoryTests
{
    private static readonly double[] Quantiles = [0.05, 0.5, 0.95];

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-3)]
    [InlineData(1e12)]
    public void A_constant_goes_on_without_doubt(double value)
    {
        var forecast = Loads.Forecast([.. Enumerable.Repeat(value, 14 * 24)]);

        Assert.All(Enumerable.Range(1, 24), step => Assert.All(
            Quantiles.Select(quantile => forecast.QuantileAt(step, quantile)).Append(forecast.MeanAt(step)),
            number => Assert.Equal(value, number, 1e-9 * Math.Max(1, Math.Abs(value)))));
    }

    [Theory]
    [InlineData(1e98)]
    [InlineData(-1e98)]
    [InlineData(1e-98)]
    public void The_largest_and_the_smallest_loads_are_forecast_as_others_are(double unit)
    {
        var (usual, extreme) = (Loads.Daily(days: 14), Loads.Forecast([.. Loads.Daily(days: 14).Select(value => value * unit)]));

        Assert.All(Enumerable.Range(1, 24), step => Assert.All(
            Quantiles.Select(quantile => extreme.QuantileAt(step, quantile)).Append(extreme.MeanAt(step)),
            number => Assert.InRange(number / unit, usual.Min() / 2, usual.Max() * 2)));
    }

    [Theory]
    [InlineData(1e97)]
    [InlineData(1e-97)]
    public void The_steepest_rise_is_a_number(double unit)
    {
        var forecast = Loads.Forecast([.. Enumerable.Range(0, 14 * 24).Select(i => i * unit)]);

        Assert.All(Enumerable.Range(1, 24), step => Assert.All(
            Quantiles.Select(quantile => forecast.QuantileAt(step, quantile)).Append(forecast.MeanAt(step)),
            number => Assert.InRange(number / unit, 200, 700)));
    }

    [Fact]
    public void Negative_values_are_forecast_as_they_are()
    {
        var values = Loads.Daily(days: 14, level: -200);

        var forecast = Loads.Forecast(values);

        Assert.All(Loads.Means(forecast), mean => Assert.InRange(mean, -260, -140));
    }

    [Fact]
    public void After_a_step_the_level_is_the_new_one_and_the_bound_is_honest()
    {
        double[] values = [.. Loads.Daily(days: 15).Select((value, i) => i >= (14 * 24) - 18 ? 3 * value : value)];

        var forecast = Loads.Forecast(values[..^24]);

        Assert.InRange(forecast.MeanAt(1) / values[^24], 0.75, 1.25);
        Assert.All(Enumerable.Range(1, 24), step => Assert.InRange(forecast.MeanAt(step), values.Min() / 2, 1.5 * values.Max()));
    }

    [Fact]
    public void A_day_after_a_step_the_whole_next_day_is_forecast_at_the_new_level()
    {
        double[] values = [.. Loads.Daily(days: 15).Select((value, i) => i >= 13 * 24 ? 4 * value : value)];
        var points = values[..^24].Select((value, i) => new LoadPoint(Loads.End.AddHours(i - values.Length + 24), value)).ToArray();

        var forecast = Loads.Forecast(Assert.IsType<HistoryReading.Ready>(HistoryReader.Read(points, Loads.End, Loads.Hour)).History);

        Assert.All(Loads.Means(forecast).Zip(values[^24..]), pair => Assert.InRange(pair.First / pair.Second, 0.8, 1.25));
    }

    [Fact]
    public void A_clock_that_was_put_forward_an_hour_costs_little()
    {
        double[] values = [.. Enumerable.Range(0, 15 * 24).Select(i => 100 + (40 * Math.Sin(2 * Math.PI * (i + (i >= 12 * 24 ? 1 : 0)) / 24)))];

        var forecast = Loads.Forecast(values[..^24]);

        Assert.InRange(Loads.Means(forecast).Zip(values[^24..], (mean, actual) => Math.Abs(mean - actual)).Average(), 0, 8);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(25)]
    [InlineData(49)]
    [InlineData(80)]
    public void A_horizon_longer_than_the_history_has_bounds_that_widen(int hours)
    {
        var values = Loads.Daily(days: 4)[..hours];

        var forecast = Loads.Forecast(values, steps: 72);

        Assert.All(Loads.Means(forecast), mean => Assert.InRange(mean, 0, 3 * values.Max()));
        Assert.True(Width(forecast, 72) >= Width(forecast, 1), $"{Width(forecast, 72)} is narrower than {Width(forecast, 1)}");
    }

    [Fact]
    public void A_burst_long_ago_is_not_forecast_for_every_day()
    {
        var values = Loads.Daily(days: 14);
        values[100] = 10_000;

        Assert.All(Loads.Means(Loads.Forecast(values)), mean => Assert.InRange(mean, 0, 300));
    }

    [Fact]
    public void A_history_of_too_few_or_unknown_values_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => Loads.History(new double[7]));
        Assert.Throws<ArgumentException>(() => Loads.History([.. Loads.Daily(days: 1)[..23], double.NaN]));
        Assert.Throws<ArgumentException>(() => new LoadHistory(Loads.End, TimeSpan.FromMinutes(7), Loads.Daily(days: 1)));
    }

    private static double Width(LoadForecast forecast, int step) => forecast.QuantileAt(step, 0.95) - forecast.QuantileAt(step, 0.05);
}
