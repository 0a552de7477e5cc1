namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The median of a slot and two neighbours on each side, over up to fourteen seasons: quieter where noise hides the shape.</summary>
public sealed class SmoothedMedian : IForecastModel
{
    private const int Cycles = 14;
    private const int Reach = 2;

    public string Name => "smoothed-median";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        // Origins lie closer together than a season, so most medians serve several of them.
        var known = new double[window.Points + window.Horizon];
        Array.Fill(known, double.NaN);
        Span<double> near = stackalloc double[Cycles * ((2 * Reach) + 1)];
        for (var o = 0; o < origins.Length; o++)
        {
            for (var i = 0; i < paths[o].Length; i++)
            {
                var at = origins[o] + i;
                known[at] = !double.IsNaN(known[at]) ? known[at]
                    : at >= window.Points + window.Period ? known[at - window.Period] : MedianAt(window, at, near);
                paths[o][i] = known[at];
            }
        }
    }

    // In the latest season only neighbours before the slot: a later one may lie beyond the origin.
    private static double MedianAt(SeriesWindow window, int at, Span<double> near)
    {
        var count = 0;
        for (int slot = at - window.Period, cycle = 0; slot >= 0 && cycle < Cycles; slot -= window.Period, cycle++)
        {
            var last = cycle == 0 ? slot : slot + Reach;
            for (var i = Math.Max(0, slot - Reach); i <= last; i++)
            {
                near[count++] = window.Values[i];
            }
        }

        return Quantiles.MedianInPlace(near[..count]);
    }
}
