namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The latest value, for ever: the naive forecast, kept to compare with.</summary>
public sealed class LastValue : IForecastModel
{
    public string Name => "last-value";

    public bool IsSeasonal => false;

    public bool CanFit(int points, int period) => points >= 1;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        for (var o = 0; o < origins.Length; o++)
        {
            Array.Fill(paths[o], window.Values[origins[o] - 1]);
        }
    }
}
