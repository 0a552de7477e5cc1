using ScaleFunctions.Core.Forecasts.Decomposition;

namespace ScaleFunctions.Core.Tests.Forecasts.Decomposition;

public sealed class StlTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("stl-window-11.csv")]
    [InlineData("stl-window-7-robust.csv")]
    [InlineData("stl-periodic.csv")]
    public void Agrees_with_R_in_every_component(string file)
    {
        var values = Fixture.Read("shop.csv").Column("value");
        var expected = Fixture.Read(file);
        var windows = file switch
        {
            "stl-window-11.csv" => StlWindows.For(24, 11),
            "stl-periodic.csv" => StlWindows.Periodic(24, values.Length),
            _ => StlWindows.For(24, 7, isRobust: true),
        };

        var parts = Stl.Decompose(values, windows);

        IsClose(expected.Column("season"), parts.Season, values);
        IsClose(expected.Column("trend"), parts.Trend, values);
        IsClose(expected.Column("remainder"), parts.Remainder, values);
    }

    [Fact]
    public void Several_seasons_agree_with_R()
    {
        var values = Fixture.Read("weeks.csv").Column("value");
        var expected = Fixture.Read("mstl.csv");

        var (seasons, trend, remainder) = Mstl.Decompose(values, [24, 168]);

        IsClose(expected.Column("day"), seasons[0], values);
        IsClose(expected.Column("week"), seasons[1], values);
        IsClose(expected.Column("trend"), trend, values);
        IsClose(expected.Column("remainder"), remainder, values);
    }

    [Fact]
    public void The_parts_sum_to_the_values_also_with_more_cycles_than_the_matrix_is_made_for()
    {
        var values = Loads.Daily(days: 80);

        var parts = Stl.Decompose(values, StlWindows.For(24, 11));

        Assert.All(values.Select((value, i) => value - parts.Season[i] - parts.Trend[i] - parts.Remainder[i]), rest => Assert.Equal(0, rest, 1e-9));
    }

    [Fact]
    public void The_matrix_of_a_place_and_the_smoother_itself_say_the_same()
    {
        var (loess, values, weights) = (new Loess(11, 0, 2), Loads.Noise(20, 3), new double[20]);
        var (byMatrix, directly) = (new double[22], new double[22]);

        new CycleSmoother(loess, 20).Apply(values, byMatrix);
        CycleSmoother.Smooth(loess, values, [], directly, weights);

        Assert.All(byMatrix.Zip(directly), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void Less_than_two_cycles_is_an_error() =>
        Assert.Throws<ArgumentException>(() => Stl.Decompose(new double[47], StlWindows.For(24, 7)));

    private static void IsClose(double[] expected, double[] actual, double[] values)
    {
        var size = values.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / size, 0, Tolerance));
    }
}
