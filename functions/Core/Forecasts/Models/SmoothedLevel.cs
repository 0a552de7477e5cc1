using ScaleFunctions.Core.Forecasts.Smoothing;

namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>Simple exponential smoothing without a season: what is left when a day has no shape.</summary>
public sealed class SmoothedLevel : IForecastModel
{
    public string Name => "smoothed-level";

    public bool IsSeasonal => false;

    public bool CanFit(int points, int period) => points >= 1;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        var first = SimpleSmoothing.Fit(window.Values.AsSpan(0, origins[0]));
        for (var o = 0; o < origins.Length; o++)
        {
            Array.Fill(paths[o], SimpleSmoothing.FitWith(window.Values.AsSpan(0, origins[o]), first.Alpha).Level);
        }
    }
}
