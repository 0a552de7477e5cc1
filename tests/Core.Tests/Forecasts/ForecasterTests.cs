using CsCheck;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

/// <summary>What holds of every forecast.</summary>
public sealed class ForecasterTests
{
    private static readonly double[] Quantiles = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

    [Fact]
    public void Bounds_are_numbers_that_do_not_cross_and_are_not_negative() => Loads.Any.Sample(
        values =>
        {
            var forecast = Loads.Forecast(values, steps: 30);
            for (var step = 1; step <= 30; step++)
            {
                Assert.InRange(forecast.MeanAt(step), 0, double.MaxValue);
                var bounds = Quantiles.Select(quantile => forecast.QuantileAt(step, quantile)).ToArray();
                Assert.All(bounds, bound => Assert.InRange(bound, 0, double.MaxValue));
                Assert.Equal(bounds.Order(), bounds);
            }
        },
        iter: 60);

    [Fact]
    public void A_load_in_another_unit_has_the_same_forecast_in_that_unit() => Gen.Select(Loads.Any, Gen.Int[-6, 8]).Sample(
        (values, power) =>
        {
            // Powers of four have exact roots, so that no choice between models turns on rounding.
            var factor = Math.Pow(4, power);
            var (one, other) = (Loads.Forecast(values), Loads.Forecast([.. values.Select(value => value * factor)]));
            for (var step = 1; step <= 24; step++)
            {
                IsClose(one.MeanAt(step) * factor, other.MeanAt(step));
                IsClose(one.QuantileAt(step, 0.95) * factor, other.QuantileAt(step, 0.95));
            }
        },
        iter: 40);

    [Fact]
    public void The_same_history_has_the_same_forecast()
    {
        var values = Loads.Daily(days: 14);

        Assert.Equal(Loads.Means(Loads.Forecast(values)), Loads.Means(Loads.Forecast(values)));
    }

    [Fact]
    public void A_daily_load_is_forecast_to_within_its_noise()
    {
        var values = Loads.Daily(days: 15, noise: 5);

        var forecast = Loads.Forecast(values[..^24]);

        Assert.InRange(Loads.Means(forecast).Zip(values[^24..], (mean, actual) => Math.Abs(mean - actual)).Average(), 0, 5);
    }

    [Fact]
    public void Weekends_are_told_from_weekdays()
    {
        double[] values = [.. Loads.Daily(days: 22).Select((value, i) => i / 24 % 7 >= 5 ? value / 2 : value)];

        // Day 19 is a Saturday after five weekdays, day 21 a Monday after a weekend.
        Assert.All([19, 21], day =>
        {
            var forecast = Loads.Forecast(values[((day - 14) * 24)..(day * 24)]);
            var actual = values[(day * 24)..((day + 1) * 24)];
            var lastDay = values[((day - 1) * 24)..(day * 24)];
            var error = Loads.Means(forecast).Zip(actual, (mean, value) => Math.Abs(mean - value)).Average();
            Assert.InRange(error, 0, 0.6 * lastDay.Zip(actual, (last, value) => Math.Abs(last - value)).Average());
        });
    }

    [Fact]
    public void Ninety_five_of_a_hundred_values_stay_below_the_bound_of_95_percent()
    {
        var (covered, count) = (0, 0);
        for (var seed = 1u; seed <= 20; seed++)
        {
            var values = Loads.Daily(days: 15, noise: 20, seed: seed);
            var forecast = Loads.Forecast(values[..^24]);
            covered += Enumerable.Range(1, 24).Count(step => values[^(25 - step)] <= forecast.QuantileAt(step, 0.95));
            count += 24;
        }

        Assert.InRange(covered / (double)count, 0.93, 0.99);
    }

    [Fact]
    public void Noise_without_a_season_is_forecast_by_its_level_alone()
    {
        double[] values = [.. Loads.Noise(14 * 24, 9).Select(value => 100 + (10 * value))];

        var calibration = Calibrator.Learn(Loads.History(values));

        Assert.InRange(calibration.SeasonalStrength, 0, 0.2);
        Assert.All(calibration.Models, name => Assert.False(ForecastModels.Named(name).IsSeasonal));
    }

    [Fact]
    public void A_season_of_a_day_is_carried_by_seasonal_models()
    {
        var calibration = Calibrator.Learn(Loads.History(Loads.Daily(days: 14)));

        Assert.InRange(calibration.SeasonalStrength, 0.9, 1);
        Assert.Contains("root-stl", calibration.Models);
        Assert.All(calibration.Weights, weights => Assert.Equal(1, weights.Sum(), 1e-9));
    }

    [Fact]
    public void Four_weeks_let_the_season_of_a_week_take_part() =>
        Assert.Contains("seasons-of-stl", Calibrator.Learn(Loads.History([.. Loads.Daily(days: 30)])).Models);

    [Fact]
    public void A_horizon_of_no_step_is_an_error()
    {
        var history = Loads.History(Loads.Daily(days: 3));

        Assert.Throws<ArgumentOutOfRangeException>(() => Forecaster.Fit(history, Calibrator.Learn(history), 0));
    }

    private static void IsClose(double expected, double actual) =>
        Assert.InRange(Math.Abs(expected - actual), 0, 1e-6 * Math.Max(Math.Abs(expected), Math.Abs(actual)));
}
