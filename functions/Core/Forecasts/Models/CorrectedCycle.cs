namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The value a season ago, and what its latest errors tell.</summary>
public sealed class CorrectedCycle : IForecastModel
{
    private const int Features = 2;

    public string Name => "corrected-cycle";

    public bool IsSeasonal => true;

    public bool CanFit(int points, int period) => points >= 2 * period;

    public void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        var errors = new ErrorCorrection(window, window.Values, window.LastCycle, Features);
        errors.Forecast(origins, paths);
        for (var o = 0; o < origins.Length; o++)
        {
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] += window.LastCycle[origins[o] + i];
            }
        }
    }
}
