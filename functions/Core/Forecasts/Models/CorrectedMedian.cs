namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The median of a slot, and what the latest errors and those of the season before tell, on the scale of square roots.</summary>
public sealed class CorrectedMedian : IForecastModel
{
    private const int Features = ErrorCorrection.MostFeatures;

    public string Name => "corrected-median";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 2 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        RootCorrection.Forecast(window, Features, origins, paths);
    }
}
