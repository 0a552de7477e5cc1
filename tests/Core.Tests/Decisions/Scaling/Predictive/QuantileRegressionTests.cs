using ScaleFunctions.Core.Decisions.Scaling.Predictive;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling.Predictive;

public sealed class QuantileRegressionTests
{
    private const int Rows = 2000;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void So_many_of_the_targets_lie_below_the_fit(double quantile)
    {
        var (rows, targets) = Sample(spread: 0.3);
        var regression = new QuantileRegression(quantile);
        regression.Fit(rows, targets, level: 20);

        var below = Enumerable.Range(0, Rows).Count(i => targets[i] <= regression.Predict(Row(rows, i)));

        Assert.Equal(quantile, (double)below / Rows, 0.03);
    }

    [Fact]
    public void The_ninth_decile_widens_where_the_targets_do()
    {
        var (rows, targets) = Sample(spread: 0.3);
        var (median, high) = (new QuantileRegression(0.5), new QuantileRegression(0.9));
        median.Fit(rows, targets, 20);
        high.Fit(rows, targets, 20);
        var (small, large) = (RowOf(10), RowOf(30));

        // Errors are uniform within ±30 % of the load: four fifths of the way up is the ninth decile.
        Assert.Equal(10 * 0.3 * 0.8, high.Predict(small) - median.Predict(small), 0.6);
        Assert.Equal(30 * 0.3 * 0.8, high.Predict(large) - median.Predict(large), 0.6);
    }

    [Fact]
    public void A_load_that_stays_is_forecast_to_stay()
    {
        var (rows, targets) = Sample(spread: 0);
        var regression = new QuantileRegression(0.5);
        regression.Fit(rows, targets, 20);

        Assert.All([8, 17, 31], load => Assert.Equal(load, regression.Predict(RowOf(load)), 0.05));
    }

    private static (double[] Rows, double[] Targets) Sample(double spread)
    {
        var rows = new double[Rows * LoadFeatures.Count];
        var targets = new double[Rows];
        for (var i = 0; i < Rows; i++)
        {
            var load = 5 + (30 * (i * 0.6180339887 % 1));
            RowOf(load).CopyTo(rows.AsSpan(i * LoadFeatures.Count));
            targets[i] = load * (1 + (spread * ((2 * (i * 0.7548776662 % 1)) - 1)));
        }

        return (rows, targets);
    }

    private static ReadOnlySpan<double> Row(double[] rows, int i) => rows.AsSpan(i * LoadFeatures.Count, LoadFeatures.Count);

    private static double[] RowOf(double load)
    {
        var row = new double[LoadFeatures.Count];
        (row[LoadFeatures.Constant], row[LoadFeatures.Present], row[LoadFeatures.Root]) = (1, load, Math.Sqrt(load));
        return row;
    }
}
