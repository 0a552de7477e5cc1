namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The value a season ago: the seasonal naive forecast, kept to compare with.</summary>
public sealed class LastCycle : IForecastModel
{
    public string Name => "last-cycle";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        for (var o = 0; o < origins.Length; o++)
        {
            window.LastCycle.AsSpan(origins[o], paths[o].Length).CopyTo(paths[o]);
        }
    }
}
