using CsCheck;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class EmpiricalQuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Lies_linear_between_the_two_nearest_values(double quantile, double expected) =>
        Assert.Equal(expected, EmpiricalQuantile.InPlace([4, 1, 3, 2], quantile), 12);

    [Fact]
    public void Is_that_of_the_sorted_values() => Gen.Select(Gen.Double[-5, 5].Array[1, 80], Gen.Double[0, 1]).Sample((values, quantile) =>
    {
        var sorted = values.Order().ToArray();
        var position = (sorted.Length - 1) * quantile;
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        var expected = sorted[below] + ((sorted[above] - sorted[below]) * (position - below));

        Assert.Equal(expected, EmpiricalQuantile.InPlace(values.ToArray(), quantile), 9);
    });

    [Fact]
    public void Keeps_all_values() => Gen.Select(Gen.Int[0, 4].Array[1, 40], Gen.Double[0, 1]).Sample((values, quantile) =>
    {
        var given = values.Select(value => (double)value).ToArray();
        EmpiricalQuantile.InPlace(given, quantile);

        Assert.Equal(values.Order().Select(value => (double)value), given.Order());
    });

    [Fact]
    public void Of_nothing_is_a_bug() => Assert.Throws<ArgumentException>(() => EmpiricalQuantile.InPlace([], 0.5));
}
