using ScaleFunctions.Core.Forecasts.Smoothing;

namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>A level and a trend that fades, without a season: for a load that grows or drains.</summary>
public sealed class DampedTrend : IForecastModel
{
    // Older values say nothing of the trend now; it also bounds the search.
    private const int Points = 96;

    public string Name => "damped-trend";

    public bool IsSeasonal => false;

    public bool CanFit(int points, int period) => points >= 5;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        var first = DampedSmoothing.Fit(Latest(window, origins[0]));
        for (var o = 0; o < origins.Length; o++)
        {
            var fit = DampedSmoothing.FitWith(Latest(window, origins[o]), first);
            var (level, trend) = (fit.Level, fit.Trend);
            for (var i = 0; i < paths[o].Length; i++)
            {
                trend *= fit.Phi;
                level += trend;
                paths[o][i] = level;
            }
        }
    }

    private static ReadOnlySpan<double> Latest(SeriesWindow window, int origin) =>
        window.Values.AsSpan(Math.Max(0, origin - Points), Math.Min(Points, origin));
}
