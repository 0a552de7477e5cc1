namespace ScaleFunctions.Core.Forecasts.Seasons;

/// <summary>
/// Finds the period of a load. A day is expected; another is taken only where the load clearly does not repeat by the
/// day, such as a batch that runs every seven hours.
/// </summary>
public static class PeriodDetection
{
    // Another period must beat the day's correlation by this much, and be strong itself.
    private const double Lead = 0.25;
    private const double Strong = 0.5;

    // Differences take the trend away, and with it the slow decay that hides the peaks. Shorter periods follow the level.
    private const int LeastPeriod = 4;

    /// <summary>
    /// The period to model, in steps: a day, or the least multiple of the found period that is not shorter than a day, so
    /// that a day's forecast never needs more than one season.
    /// </summary>
    public static int Find(double[] values, int stepsPerDay)
    {
        var most = Math.Min(values.Length / 3, 2 * stepsPerDay);
        if (most < stepsPerDay + 1 || Differences(values) is not { } differences)
        {
            return stepsPerDay;
        }

        var correlations = Autocorrelation.Of(differences, most);
        var best = stepsPerDay;
        for (var lag = LeastPeriod; lag < most; lag++)
        {
            var isPeak = correlations[lag] >= correlations[lag - 1] && correlations[lag] >= correlations[lag + 1];
            // A fraction of the day is part of the day's shape.
            if (isPeak && stepsPerDay % lag != 0 && correlations[lag] > correlations[best])
            {
                best = lag;
            }
        }

        var isBetter = correlations[best] >= Strong && correlations[best] >= correlations[stepsPerDay] + Lead;
        return isBetter ? best * ((stepsPerDay + best - 1) / best) : stepsPerDay;
    }

    private static double[]? Differences(double[] values)
    {
        var differences = new double[values.Length - 1];
        var isConstant = true;
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = values[i + 1] - values[i];
            isConstant &= differences[i] == 0;
        }

        return isConstant ? null : differences;
    }
}
