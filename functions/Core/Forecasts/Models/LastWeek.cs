namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The value a week ago: the seasonal naive forecast of a week, kept to compare with.</summary>
public sealed class LastWeek : IForecastModel
{
    public string Name => "last-week";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 7 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        for (var o = 0; o < origins.Length; o++)
        {
            window.LastWeek.AsSpan(origins[o], paths[o].Length).CopyTo(paths[o]);
        }
    }
}
