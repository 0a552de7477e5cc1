using ScaleFunctions.Core.Forecasts.Decomposition;
using ScaleFunctions.Core.Forecasts.Smoothing;

namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The seasons of a day and a week by MSTL, on a smoothed level of the rest. It needs weeks of history to be judged.</summary>
public sealed class SeasonsOfStl : IForecastModel
{
    public string Name => "seasons-of-stl";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => period >= 2 && points > 14 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        double? alpha = null;
        for (var o = 0; o < origins.Length; o++)
        {
            var (seasons, trend, rest) = Mstl.Decompose(window.Values.AsSpan(0, origins[o]), [window.Period, window.Week]);
            for (var i = 0; i < rest.Length; i++)
            {
                rest[i] += trend[i];
            }

            alpha ??= SimpleSmoothing.Fit(rest).Alpha;
            var level = SimpleSmoothing.FitWith(rest, alpha.Value).Level;
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] = level
                    + seasons[0][origins[o] - window.Period + (i % window.Period)]
                    + seasons[1][origins[o] - window.Week + (i % window.Week)];
            }
        }
    }
}
