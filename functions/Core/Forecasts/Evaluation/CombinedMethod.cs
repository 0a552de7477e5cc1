namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>The forecaster as it runs: the training repaired, calibrated and fitted to, nothing else.</summary>
/// <param name="name">The name in the table.</param>
/// <param name="trainingDays">Days it is given, when they are not the protocol's.</param>
public sealed class CombinedMethod(string name, int? trainingDays = null) : IEvaluatedMethod
{
    public string Name => name;

    public int? TrainingDays => trainingDays;

    public EvaluatedForecast? Forecast(double[] training, int stepsPerDay, TimeProvider clock)
    {
        if (training.Length < LoadHistory.LeastPoints)
        {
            return null;
        }

        var history = HistoryReader.Repaired([.. training], DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1) / stepsPerDay);
        var calibration = Calibrator.Learn(history);
        var started = clock.GetTimestamp();
        var forecast = Forecaster.Fit(history, calibration, stepsPerDay);
        var (mean, upper) = (new double[stepsPerDay], new double[stepsPerDay]);
        for (var i = 0; i < stepsPerDay; i++)
        {
            mean[i] = forecast.MeanAt(i + 1);
            upper[i] = forecast.QuantileAt(i + 1, EvaluationScore.BoundQuantile);
        }

        return new(mean, upper, clock.GetElapsedTime(started));
    }
}
