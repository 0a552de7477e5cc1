using ScaleFunctions.Core.Forecasts.Models;
using ScaleFunctions.Core.Forecasts.Smoothing;

namespace ScaleFunctions.Core.Tests.Forecasts.Smoothing;

public sealed class SmoothingTests
{
    private const double OnePercent = 0.01;

    [Fact]
    public void Simple_smoothing_agrees_with_R()
    {
        var fit = SimpleSmoothing.Fit(Fixture.Read("level.csv").Column("value"));

        Agrees("simple_level", step => fit.At(step));
    }

    [Fact]
    public void Damped_smoothing_agrees_with_R()
    {
        var fit = DampedSmoothing.Fit(Fixture.Read("grow.csv").Column("value"));

        Agrees("damped_grow", step => fit.At(step));
    }

    [Theory]
    [InlineData("shop", 24)]
    [InlineData("grow", 1)]
    public void Theta_agrees_with_R(string series, int period)
    {
        var path = new double[24];

        Theta.Forecast(Fixture.Read($"{series}.csv").Column("value"), period, path);

        Agrees($"theta_{series}", step => path[step - 1]);
    }

    [Fact]
    public void A_constant_stays_what_it_is()
    {
        double[] values = [.. Enumerable.Repeat(7d, 30)];

        Assert.Equal(7, SimpleSmoothing.Fit(values).Level, 1e-9);
        Assert.Equal(7, DampedSmoothing.Fit(values).At(10), 1e-9);
    }

    [Fact]
    public void The_next_value_moves_a_fit_as_fitting_it_would()
    {
        var values = Loads.Noise(60, 5);
        var before = DampedSmoothing.Fit(values.AsSpan(0, 59));

        var after = before.Next(values[59]);

        var whole = before.Level + (before.Phi * before.Trend) + (before.Alpha * (values[59] - before.At(1)));
        Assert.Equal(whole, after.Level, 1e-12);
        Assert.Equal((before.Phi * before.Trend) + (before.Beta * (values[59] - before.At(1))), after.Trend, 1e-12);
    }

    [Fact]
    public void Nothing_is_an_error() => Assert.Throws<ArgumentException>(() => SimpleSmoothing.Fit([]));

    private static void Agrees(string column, Func<int, double> at)
    {
        var expected = Fixture.Read("forecasts.csv").Column(column);
        Assert.All(expected.Select((value, i) => Math.Abs((at(i + 1) / value) - 1)), off => Assert.InRange(off, 0, OnePercent));
    }
}
