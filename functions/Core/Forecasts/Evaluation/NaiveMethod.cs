namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>The value some steps ago, with a bound from the spread of its errors in training: normal, growing with each repetition.</summary>
/// <param name="name">The name in the table.</param>
/// <param name="lagOf">Steps back, from the steps of a day.</param>
public sealed class NaiveMethod(string name, Func<int, int> lagOf) : IEvaluatedMethod
{
    // The 0.95 quantile of the normal distribution.
    private const double NormalQuantile = 1.6448536269514722;

    /// <summary>The three naives of the yardstick, by its names.</summary>
    public static IReadOnlyList<NaiveMethod> All { get; } =
    [
        new("snaive_day", day => day),
        new("snaive_week", day => 7 * day),
        new("naive", _ => 1),
    ];

    public string Name => name;

    public int? TrainingDays => null;

    public EvaluatedForecast? Forecast(double[] training, int stepsPerDay, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        var lag = lagOf(stepsPerDay);
        if (training.Length <= lag)
        {
            return null;
        }

        var squares = 0d;
        for (var i = lag; i < training.Length; i++)
        {
            squares += (training[i] - training[i - lag]) * (training[i] - training[i - lag]);
        }

        var deviation = Math.Sqrt(squares / (training.Length - lag));
        var isNonNegative = Array.TrueForAll(training, value => value >= 0);
        var (mean, upper) = (new double[stepsPerDay], new double[stepsPerDay]);
        for (var i = 0; i < stepsPerDay; i++)
        {
            mean[i] = training[training.Length - lag + (i % lag)];
            upper[i] = mean[i] + (NormalQuantile * deviation * Math.Sqrt((i / lag) + 1));
            upper[i] = isNonNegative ? Math.Max(0, upper[i]) : upper[i];
        }

        return new(mean, upper, clock.GetElapsedTime(started));
    }
}
