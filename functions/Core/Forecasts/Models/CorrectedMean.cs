namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The mean of recent seasons, and what its latest errors and those of the season before tell.</summary>
public sealed class CorrectedMean : IForecastModel
{
    private const int Features = ErrorCorrection.MostFeatures;

    public string Name => "corrected-mean";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 2 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        var errors = new ErrorCorrection(window, window.Values, window.RecentMean, Features);
        errors.Forecast(origins, paths);
        for (var o = 0; o < origins.Length; o++)
        {
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] += window.RecentMean[origins[o] + i];
            }
        }
    }
}
