using System.Text.Json;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

/// <summary>A fitted forecast in use, until the next fit.</summary>
public sealed class LoadForecastTests
{
    private const int Lead = 2;

    [Fact]
    public void What_is_stored_and_read_again_says_the_same()
    {
        var forecast = Fit(Loads.Daily(days: 14)).Observe(120);

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(forecast, ForecastJson.Default.LoadForecast), ForecastJson.Default.LoadForecast)!;

        Assert.Equal(forecast.MeanAt(2), read.MeanAt(2));
        Assert.Equal(forecast.QuantileAt(9, 0.95), read.QuantileAt(9, 0.95));
        Assert.Equal(forecast.MaximumOver(Lead, 0.9), read.MaximumOver(Lead, 0.9));
        Assert.Equal(forecast.Observe(90).MeanAt(4), read.Observe(90).MeanAt(4));
    }

    [Fact]
    public void A_surprise_moves_what_is_near_and_hardly_what_is_far()
    {
        var rule = new LevelRule(0.5, 0.7);
        var forecast = Fit(Loads.Daily(days: 14));
        forecast = forecast with { Calibration = forecast.Calibration with { Level = rule } };

        var after = forecast.Observe(forecast.MeanAt(1) + 100);

        Assert.Equal(100 * 0.5 * 0.7, after.MeanAt(2) - forecast.MeanAt(2), 1e-9);
        Assert.InRange(after.MeanAt(24) - forecast.MeanAt(24), 0, 0.1);
        Assert.Equal(35 * 0.7, after.Skip().MeanAt(3) - forecast.MeanAt(3), 1e-9);
    }

    [Fact]
    public void Following_the_level_pays_after_a_shift()
    {
        // The rule is learned from history with shifts that last half a day.
        var shift = Loads.Noise(100, 5);
        double[] values = [.. Loads.Daily(days: 16, noise: 1).Select((value, i) => value + (60 * shift[i / 12]))];
        var (forecast, error, errorWithout) = (Fit(values[..^30]), 0d, 0d);
        var fixedPath = forecast;

        for (var step = 1; step <= 12; step++)
        {
            var actual = values[values.Length - 30 + step - 1];
            error += Math.Abs(actual - forecast.MeanAt(step));
            errorWithout += Math.Abs(actual - fixedPath.MeanAt(step));
            forecast = forecast.Observe(actual);
        }

        Assert.InRange(error, 0, 0.9 * errorWithout);
    }

    [Fact]
    public void The_maximum_over_the_lead_time_stays_below_its_bound_as_often_as_said()
    {
        var (covered, count) = (0, 0);
        for (var seed = 1u; seed <= 12; seed++)
        {
            var values = Loads.Daily(days: 17, noise: 20, seed: seed);
            var forecast = Fit(values[..^48]);
            for (var seen = 0; seen < 20; seen++)
            {
                var actual = values.Skip(values.Length - 48 + seen).Take(Lead).Max();
                covered += actual <= forecast.MaximumOver(Lead, 0.9) ? 1 : 0;
                count++;
                forecast = forecast.Observe(values[values.Length - 48 + seen]);
            }
        }

        Assert.InRange(covered / (double)count, 0.87, 0.98);
    }

    [Fact]
    public void A_maximum_lies_above_each_of_its_steps()
    {
        var forecast = Fit(Loads.Daily(days: 14));

        Assert.InRange(forecast.MaximumOver(Lead, 0.95), Math.Max(forecast.MeanAt(1), forecast.MeanAt(2)), 1_000);
        Assert.True(forecast.MaximumOver(Lead, 0.99) >= forecast.MaximumOver(Lead, 0.5));
    }

    [Fact]
    public void What_cannot_be_answered_is_an_error()
    {
        var forecast = Fit(Loads.Daily(days: 14)).Observe(100);

        Assert.Throws<ArgumentOutOfRangeException>(() => forecast.MeanAt(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => forecast.MeanAt(25));
        Assert.Throws<ArgumentOutOfRangeException>(() => forecast.QuantileAt(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => forecast.Observe(double.NaN));
        Assert.Throws<ArgumentException>(() => forecast.MaximumOver(Lead + 1, 0.9));
    }

    private static LoadForecast Fit(double[] values)
    {
        var history = Loads.History(values);
        return Forecaster.Fit(history, Calibrator.Learn(history, [Lead]), 24);
    }
}
