namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The median of the same place in up to fourteen seasons. Absolute error asks for a median, and sharp edges of a day stay sharp.</summary>
public sealed class SlotMedian : IForecastModel
{
    public string Name => "slot-median";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        for (var o = 0; o < origins.Length; o++)
        {
            window.SlotMedian.AsSpan(origins[o], paths[o].Length).CopyTo(paths[o]);
        }
    }
}
