namespace ScaleFunctions.Core.Forecasts.Trials;

/// <summary>
/// How a method has done on loads that it had not seen, old trials fading. Loads that capacity had capped do not count: there
/// the forecast would be scored on what it brought about itself.
/// </summary>
/// <param name="Weight">Trials, faded.</param>
/// <param name="Error">Sum of the mean absolute errors of the trials, faded.</param>
/// <param name="NaiveError">The same of the load one day before, at least 2 % of the load.</param>
/// <param name="Covered">Sum of the shares of loads below the upper bound, faded.</param>
/// <param name="LatelyCovered">Share of loads below the upper bound in the last hours.</param>
public sealed record ForecastScore(double Weight, double Error, double NaiveError, double Covered, double LatelyCovered)
{
    public static readonly ForecastScore None = new(0, 0, 0, 0, 1);

    /// <summary>Trials after which one counts half: a day and a half of hourly ones, so that a model that has learned more is not held by what it was.</summary>
    private const double HalfLife = 36;

    /// <summary>The same for the coverage of the last hours.</summary>
    private const double ShortHalfLife = 4;

    /// <summary>A day before that was right to the last bit cannot be divided by; this is as bad as any.</summary>
    private const double Worst = 1000;

    /// <summary>The error as a share of that of the day before, at most 1000, also when that had none.</summary>
    public double Relative => NaiveError > 0 ? Math.Min(Worst, Error / NaiveError) : Error > 0 ? Worst : 1;

    public double Coverage => Weight > 0 ? Covered / Weight : 1;

    /// <summary>The score after one more trial.</summary>
    /// <param name="error">Mean absolute error of the trial.</param>
    /// <param name="naiveError">The same of the load one day before.</param>
    /// <param name="covered">Share of the loads below the upper bound.</param>
    public ForecastScore Add(double error, double naiveError, double covered)
    {
        var kept = Math.Pow(0.5, 1 / HalfLife);
        var lately = Math.Pow(0.5, 1 / ShortHalfLife);
        return new ForecastScore(
            (kept * Weight) + 1, (kept * Error) + error, (kept * NaiveError) + naiveError, (kept * Covered) + covered,
            (lately * LatelyCovered) + ((1 - lately) * covered));
    }
}
