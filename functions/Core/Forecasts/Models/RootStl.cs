using ScaleFunctions.Core.Forecasts.Decomposition;
using ScaleFunctions.Core.Forecasts.Smoothing;

namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The latest season of an STL on the scale of square roots, on a smoothed level of the rest.</summary>
public sealed class RootStl : IForecastModel
{
    // Cycles a season is smoothed over: the choice of Bandara et al. (2021) for a single season.
    private const int SeasonWindow = 11;

    public string Name => "root-stl";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => period >= 2 && points >= 2 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        var windows = StlWindows.For(window.Period, SeasonWindow);
        double? alpha = null;
        for (var o = 0; o < origins.Length; o++)
        {
            var parts = Stl.Decompose(window.Roots.AsSpan(0, origins[o]), windows);
            Add(parts.Remainder, parts.Trend);
            // What moves the level is found once, at the first origin; later ones may know it.
            alpha ??= SimpleSmoothing.Fit(parts.Remainder).Alpha;
            var level = SimpleSmoothing.FitWith(parts.Remainder, alpha.Value).Level;
            var latest = origins[o] - window.Period;
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] = window.Unroot(level + parts.Season[latest + (i % window.Period)]);
            }
        }
    }

    private static void Add(double[] to, double[] what)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += what[i];
        }
    }
}
