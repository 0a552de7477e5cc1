namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>
/// Rolling origins over a recording: train on the 14 days before (7 for recordings under 18 days), forecast a day. The
/// first hour of the same forecast is scored by itself. Origins lie evenly over the recording, over its last 60 days when
/// longer; one whose training repeats each day exactly has no scale and is left out.
/// </summary>
public static class EvaluationProtocol
{
    public const int UsualOrigins = 8;
    private const int LongTraining = 14;
    private const int ShortTraining = 7;
    private const int DaysForLongTraining = 18;
    private const int MostDays = 60;

    /// <summary>Days of training for a recording.</summary>
    public static int TrainingDays(EvaluationSeries series) =>
        series.Values.Length / (double)series.StepsPerDay >= DaysForLongTraining ? LongTraining : ShortTraining;

    /// <summary>The origins of a recording; none when it is too short for the protocol.</summary>
    /// <param name="series">The recording.</param>
    /// <param name="count">How many origins.</param>
    /// <param name="shift">Moves each origin by this share of the distance between two, to check on others.</param>
    /// <param name="trainingDays">Days before the origin that are given; the protocol's when nothing is said.</param>
    public static IReadOnlyList<EvaluationOrigin> Origins(
        EvaluationSeries series, int count = UsualOrigins, double shift = 0, int? trainingDays = null)
    {
        var day = series.StepsPerDay;
        var training = TrainingDays(series) * day;
        // One-based, as the protocol counts.
        double first = training + series.StepsPerHour + 1;
        double last = series.Values.Length - day;
        first = series.Values.Length / (double)day > MostDays ? Math.Max(first, last - (MostDays * day)) : first;
        if (last < first)
        {
            return [];
        }

        var given = (trainingDays ?? TrainingDays(series)) * day;
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => first + ((i + shift) * (last - first) / (count - 1)))
                .Where(at => at <= last + 1e-9)
                .Select(at => (int)Math.Round(at, MidpointRounding.ToEven) - 1)
                .Distinct()
                .Select(at => At(series, at, training, given))
                .Where(origin => origin.Scale > 0),
        ];
    }

    // The scale is of the protocol's training even when a method is given more.
    private static EvaluationOrigin At(EvaluationSeries series, int at, int training, int given) => new(
        at, series.Values[Math.Max(0, at - given)..at], series.Values[at..(at + series.StepsPerDay)],
        SeasonalError(series.Values.AsSpan(at - training, training), series.StepsPerDay));

    private static double SeasonalError(ReadOnlySpan<double> values, int day)
    {
        var sum = 0d;
        for (var i = day; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - values[i - day]);
        }

        return sum / (values.Length - day);
    }
}
