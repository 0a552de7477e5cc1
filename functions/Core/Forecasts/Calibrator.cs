using ScaleFunctions.Core.Forecasts.Bounds;
using ScaleFunctions.Core.Forecasts.Combination;
using ScaleFunctions.Core.Forecasts.Seasons;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>Forecasts a history again from many places inside it, and learns from the errors what each model is worth.</summary>
public static class Calibrator
{
    /// <summary>Learns weights, bounds and the rule for the level.</summary>
    /// <param name="history">At least eight values.</param>
    /// <param name="leads">Spans, in steps, for which the maximum of the load will be asked.</param>
    /// <param name="withSeasons">Whether models that know a season may take part.</param>
    public static Calibration Learn(LoadHistory history, IReadOnlyList<int>? leads = null, bool withSeasons = true)
    {
        var (values, day) = (history.Values, history.StepsPerDay);
        var period = PeriodDetection.Find(values, day);
        var strength = SeasonalStrength.Of(values, period);
        var window = new SeriesWindow(values, period, day, day);
        var origins = RollingOrigins.Of(values.Length, day);
        var models = Models(origins[0], period, isSeasonal: withSeasons && (values.Length < 2 * period || strength >= SeasonalStrength.Gate));
        var paths = models.Select(model => Paths(window, model, origins)).ToArray();
        var buckets = HorizonBuckets.Along(day, day);
        var errors = new ModelErrors(window, origins, paths, buckets);
        var past = Past(window, origins, paths, errors, buckets);
        var level = LevelLearning.Learn(past, day);
        return new()
        {
            Models = [.. models.Select(model => model.Name)],
            Weights = ModelWeights.From(errors, models.Length),
            Bounds = ConformalBounds.Learn(past, buckets),
            Level = level,
            Leads = [.. (leads ?? []).Distinct().Order().Select(steps => LeadTimeLearning.Learn(window, past, level, steps))],
            Period = period,
            SeasonalStrength = strength,
        };
    }

    // A model takes part when the first place it is judged from has history enough for it.
    private static IForecastModel[] Models(int leastPoints, int period, bool isSeasonal) =>
        [.. ForecastModels.Combined.Where(model => (isSeasonal || !model.IsSeasonal) && model.CanFit(leastPoints, period))];

    private static double[][] Paths(SeriesWindow window, IForecastModel model, int[] origins)
    {
        var paths = Array.ConvertAll(origins, origin => new double[Math.Min(window.Horizon, window.Points - origin)]);
        model.Forecast(window, origins, paths);
        PlausibleRange.Limit(window, origins, paths);
        return paths;
    }

    // Each path is mixed by weights that its own origin had no part in: else the errors would look smaller than they will be.
    private static PastPath[] Past(SeriesWindow window, int[] origins, double[][][] paths, ModelErrors errors, int[] buckets)
    {
        var past = new PastPath[origins.Length];
        var ofOrigin = new double[paths.Length][];
        for (var o = 0; o < origins.Length; o++)
        {
            for (var model = 0; model < paths.Length; model++)
            {
                ofOrigin[model] = paths[model][o];
            }

            var path = new double[ofOrigin[0].Length];
            ModelWeights.Mix(ModelWeights.From(errors, paths.Length, origins.Length > 1 ? o : null), buckets, ofOrigin, path);
            var error = new double[path.Length];
            for (var i = 0; i < error.Length; i++)
            {
                error[i] = window.Values[origins[o] + i] - path[i];
            }

            past[o] = new(origins[o], path, error, BoundScales.Along(window, origins[o], path));
        }

        return past;
    }
}
