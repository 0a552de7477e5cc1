using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Combination;

namespace ScaleFunctions.Core.Tests.Forecasts.Combination;

public sealed class CombinationTests
{
    [Theory]
    [InlineData(1, 96, 0)]
    [InlineData(4, 96, 0)]
    [InlineData(5, 96, 1)]
    [InlineData(12, 96, 1)]
    [InlineData(13, 96, 2)]
    [InlineData(48, 96, 3)]
    [InlineData(49, 96, 4)]
    [InlineData(500, 96, 4)]
    [InlineData(1, 24, 0)]
    [InlineData(2, 24, 1)]
    public void A_step_belongs_to_the_bucket_in_which_it_ends(int step, int stepsPerDay, int bucket) =>
        Assert.Equal(bucket, HorizonBuckets.Of(step, stepsPerDay));

    [Theory]
    [InlineData(8, 24)]
    [InlineData(50, 24)]
    [InlineData(1344, 96)]
    [InlineData(4032, 288)]
    public void Origins_have_half_of_the_history_before_them_and_a_value_after(int points, int stepsPerDay)
    {
        var origins = RollingOrigins.Of(points, stepsPerDay);

        Assert.Equal(origins.Order(), origins);
        Assert.All(origins, origin => Assert.InRange(origin, points / 2, points - 1));
    }

    [Fact]
    public void From_nine_days_on_the_first_origin_has_a_week_before_it() =>
        Assert.Equal((8 * 12, 7 * 24), (RollingOrigins.Of(8 * 24, 24)[0] / 3 * 3, RollingOrigins.Of(9 * 24, 24)[0] / 3 * 3));

    /// <summary>Errors of 1.0 and 1.1 on the mean: the second counts exp(−6 · 0.1) = 0.549 against 1.</summary>
    [Fact]
    public void A_worse_model_counts_less_and_its_own_origin_can_be_left_out()
    {
        var window = new SeriesWindow(new double[30], 24, 24, 24);
        double[][][] paths = [[[1, 1], [1]], [[1.1, 1.1], [50]]];
        var errors = new ModelErrors(window, [28, 29], paths, [0, 0]);

        var weights = ModelWeights.From(errors, 2, without: 1)[0];

        Assert.Equal(1 / (1 + Math.Exp(-0.6)), weights[0], 1e-9);
        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.InRange(ModelWeights.From(errors, 2)[0][1], 0, 1e-9);
    }

    [Fact]
    public void A_model_without_error_decides_alone()
    {
        var errors = new ModelErrors(new SeriesWindow(new double[30], 24, 24, 24), [29], [[[0.0]], [[3.0]], [[0.0]]], [0]);

        Assert.Equal([0.5, 0, 0.5], ModelWeights.From(errors, 3)[0]);
    }
}
