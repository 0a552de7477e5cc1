using ScaleFunctions.Core.Forecasts.Bounds;
using ScaleFunctions.Core.Forecasts.Combination;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// Forecasts a load: several models, mixed by horizon with the weights of a calibration, and bounds from its errors. The
/// same configuration serves every load.
/// </summary>
public static class Forecaster
{
    /// <summary>Fits the models to a history and carries them forward.</summary>
    /// <param name="history">At least eight values.</param>
    /// <param name="calibration">Of this or a slightly older history of the same load and step.</param>
    /// <param name="steps">Steps to forecast, at least 1.</param>
    public static LoadForecast Fit(LoadHistory history, Calibration calibration, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var window = new SeriesWindow(history.Values, calibration.Period, history.StepsPerDay, steps);
        var origin = window.Points;
        var paths = calibration.Models.Select(name => Path(window, ForecastModels.Named(name))).ToArray();
        var path = new double[steps];
        ModelWeights.Mix(calibration.Weights, HorizonBuckets.Along(steps, window.StepsPerDay), paths, path);
        return new()
        {
            Origin = history.End,
            Step = history.Step,
            StepsPerDay = history.StepsPerDay,
            Path = path,
            Scales = BoundScales.Along(window, origin, path),
            Calibration = calibration,
            IsNonNegative = window.IsNonNegative,
        };
    }

    private static double[] Path(SeriesWindow window, IForecastModel model)
    {
        double[][] paths = [new double[window.Horizon]];
        model.Forecast(window, [window.Points], paths);
        PlausibleRange.Limit(window, [window.Points], paths);
        return paths[0];
    }
}
