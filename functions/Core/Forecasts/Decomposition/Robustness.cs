namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>Weights that take outliers out of the next round: bisquare of the distance in six medians (STL, section 2.3).</summary>
internal static class Robustness
{
    private const double Near = 0.001;
    private const double Far = 0.999;

    public static void Weigh(ReadOnlySpan<double> values, double[] season, double[] trend, double[] weights)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Abs(values[i] - season[i] - trend[i]);
        }

        var reach = 6 * Quantiles.MedianOf(weights);
        for (var i = 0; i < weights.Length; i++)
        {
            var distance = weights[i];
            var share = distance / reach;
            weights[i] = distance <= Near * reach ? 1 : distance <= Far * reach ? Square(1 - Square(share)) : 0;
        }
    }

    private static double Square(double value) => value * value;
}
