using ScaleFunctions.Core.Forecasts.Decomposition;
using ScaleFunctions.Core.Forecasts.Smoothing;

namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>
/// The theta method, Assimakopoulos and Nikolopoulos (2000), in the form of Hyndman and Billah (2003): simple smoothing
/// with half the slope of the series as drift, on what a multiplicative season leaves.
/// </summary>
public sealed class Theta : IForecastModel
{
    public string Name => "theta";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 2;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        double? alpha = null;
        for (var o = 0; o < origins.Length; o++)
        {
            alpha = Forecast(window.Values.AsSpan(0, origins[o]), window.Period, paths[o], alpha);
        }
    }

    /// <summary>Fills the path after n values; without a sound multiplicative season, without season.</summary>
    /// <returns>The alpha: the given one, or what was found.</returns>
    internal static double Forecast(ReadOnlySpan<double> values, int period, Span<double> path, double? alpha = null)
    {
        var n = values.Length;
        var rest = values.ToArray();
        var factors = SeasonFactors.Of(values, period);
        for (var i = 0; factors is not null && i < n; i++)
        {
            rest[i] /= factors[i % period];
        }

        var fit = alpha is { } given ? SimpleSmoothing.FitWith(rest, given) : SimpleSmoothing.Fit(rest);
        var drift = Slope(rest) / 2;
        var start = fit.Level + (drift * (1 - Math.Pow(1 - fit.Alpha, n)) / fit.Alpha);
        for (var i = 0; i < path.Length; i++)
        {
            path[i] = (start + (drift * i)) * (factors?[(n + i) % period] ?? 1);
        }

        return fit.Alpha;
    }

    private static double Slope(double[] values)
    {
        var centre = (values.Length - 1) / 2d;
        var (products, squares) = (0d, 0d);
        for (var i = 0; i < values.Length; i++)
        {
            products += (i - centre) * values[i];
            squares += (i - centre) * (i - centre);
        }

        return squares == 0 ? 0 : products / squares;
    }
}
