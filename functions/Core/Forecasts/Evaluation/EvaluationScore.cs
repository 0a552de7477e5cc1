namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>How well a forecast and its upper bound did over some steps.</summary>
/// <param name="Mase">Mean absolute error over that of the seasonal naive in training.</param>
/// <param name="Smape">Symmetric mean absolute percentage error, 0 to 2.</param>
/// <param name="Wape">Sum of absolute errors over the sum of the actuals.</param>
/// <param name="Pinball">Pinball loss of the bound over the mean of the actuals.</param>
/// <param name="Coverage">Share of actuals at or below the bound.</param>
public readonly record struct EvaluationScore(double Mase, double Smape, double Wape, double Pinball, double Coverage)
{
    public const double BoundQuantile = 0.95;
    private const double LeastActual = 1e-9;

    /// <summary>Scores the first <paramref name="steps"/> steps.</summary>
    public static EvaluationScore Of(EvaluationOrigin origin, EvaluatedForecast forecast, int steps)
    {
        var (error, symmetric, pinball, covered, actuals) = (0d, 0d, 0d, 0d, 0d);
        for (var i = 0; i < steps; i++)
        {
            var (actual, mean) = (origin.Actual[i], forecast.Mean[i]);
            var upper = Math.Max(forecast.Upper[i], mean);
            error += Math.Abs(actual - mean);
            var size = Math.Abs(actual) + Math.Abs(mean);
            symmetric += size == 0 ? 0 : 2 * Math.Abs(actual - mean) / size;
            pinball += actual >= upper ? BoundQuantile * (actual - upper) : (1 - BoundQuantile) * (upper - actual);
            covered += actual <= upper ? 1 : 0;
            actuals += Math.Abs(actual);
        }

        return new(
            error / steps / origin.Scale, symmetric / steps, error / Math.Max(actuals, LeastActual),
            pinball / steps / Math.Max(actuals / steps, LeastActual), covered / steps);
    }

    /// <summary>The mean of each score.</summary>
    public static EvaluationScore Mean(IReadOnlyCollection<EvaluationScore> scores) => new(
        scores.Average(score => score.Mase), scores.Average(score => score.Smape), scores.Average(score => score.Wape),
        scores.Average(score => score.Pinball), scores.Average(score => score.Coverage));
}
