namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The median of a slot, and what the latest errors tell, on the scale of square roots.</summary>
public sealed class DriftingMedian : IForecastModel
{
    private const int Features = 3;

    public string Name => "drifting-median";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 2 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        RootCorrection.Forecast(window, Features, origins, paths);
    }
}
