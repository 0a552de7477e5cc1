namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>Runs the protocol.</summary>
public static class ForecastEvaluation
{
    /// <summary>One configuration for all recordings, beside the naives of the yardstick.</summary>
    public static IReadOnlyList<IEvaluatedMethod> Methods { get; } = [new CombinedMethod("scalefunctions"), .. NaiveMethod.All];

    /// <summary>Scores a method on a recording: a row for the first hour and one for the day.</summary>
    /// <returns>No rows when the recording is too short for the protocol or the method.</returns>
    public static IReadOnlyList<EvaluationRow> Rows(
        EvaluationSeries series, IEvaluatedMethod method, TimeProvider clock, int origins = EvaluationProtocol.UsualOrigins, double shift = 0)
    {
        var (hour, day, seconds) = (new List<EvaluationScore>(), new List<EvaluationScore>(), new List<double>());
        foreach (var origin in EvaluationProtocol.Origins(series, origins, shift, method.TrainingDays))
        {
            if (method.Forecast(origin.Training, series.StepsPerDay, clock) is { } forecast)
            {
                hour.Add(EvaluationScore.Of(origin, forecast, series.StepsPerHour));
                day.Add(EvaluationScore.Of(origin, forecast, series.StepsPerDay));
                seconds.Add(forecast.Duration.TotalSeconds);
            }
        }

        return seconds.Count == 0 ? [] : [Row("1h", hour), Row("24h", day)];

        EvaluationRow Row(string horizon, List<EvaluationScore> scores) => new(
            series.Name, series.StepSeconds, method.TrainingDays ?? EvaluationProtocol.TrainingDays(series), method.Name, horizon,
            origins == EvaluationProtocol.UsualOrigins && shift == 0 ? "eight" : FormattableString.Invariant($"{origins}+{shift}"),
            scores.Count, EvaluationScore.Mean(scores), seconds.Average());
    }
}
