namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The value a week ago, moved by most of the difference between the last season and the one a week before it.</summary>
public sealed class LevelledWeek : IForecastModel
{
    // A whole difference overshoots: part of it is that day's noise.
    private const double Share = 0.7;

    public string Name => "levelled-week";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 7 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        for (var o = 0; o < origins.Length; o++)
        {
            var origin = origins[o];
            var hasBoth = origin >= window.Week + window.Period;
            var move = hasBoth ? Share * (Mean(window, origin) - Mean(window, origin - window.Week)) : 0;
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] = window.LastWeek[origin + i] + move;
            }
        }
    }

    private static double Mean(SeriesWindow window, int end)
    {
        var sum = 0d;
        for (var i = end - window.Period; i < end; i++)
        {
            sum += window.Values[i];
        }

        return sum / window.Period;
    }
}
