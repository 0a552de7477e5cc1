namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// The values a forecast is made of, with the naive baselines that several models share. A baseline at index s uses
/// values up to s − period only, so one array serves all origins for the season after each.
/// </summary>
public sealed class SeriesWindow
{
    /// <summary>Cycles a slot's median looks back: two weeks of days, so that one odd week does not decide.</summary>
    private const int Cycles = 14;

    /// <summary>What a cycle counts against the one after it, in the recent mean: half-life of three.</summary>
    private const double Fading = 0.8;

    private readonly Lazy<double[]> _roots;
    private readonly Lazy<double[]> _lastCycle;
    private readonly Lazy<double[]> _lastWeek;
    private readonly Lazy<double[]> _slotMedian;
    private readonly Lazy<double[]> _recentMean;

    /// <param name="values">n finite values on a regular grid, oldest first.</param>
    /// <param name="period">Points of a season, at least 1.</param>
    /// <param name="stepsPerDay">Points of a day, at least 1.</param>
    /// <param name="horizon">Points to forecast from the end.</param>
    public SeriesWindow(double[] values, int period, int stepsPerDay, int horizon)
    {
        (Values, Period, StepsPerDay, Horizon) = (values, period, stepsPerDay, horizon);
        IsNonNegative = Array.TrueForAll(values, value => value >= 0);
        _roots = new(() => IsNonNegative ? Array.ConvertAll(values, Math.Sqrt) : values);
        _lastCycle = new(() => Baseline(static (window, at) => window.Values[at - window.Period]));
        _lastWeek = new(() => Baseline(static (window, at) => window.Values[at - (at >= window.Week ? window.Week : window.Period)]));
        _slotMedian = new(() => Baseline(static (window, at) => window.MedianOfSlot(at)));
        _recentMean = new(() => Baseline(static (window, at) => window.MeanOfSlot(at)));
    }

    public double[] Values { get; }

    public int Points => Values.Length;

    public int Period { get; }

    public int StepsPerDay { get; }

    public int Horizon { get; }

    /// <summary>A load; its forecasts are not negative either.</summary>
    public bool IsNonNegative { get; }

    /// <summary>Points of seven seasons: a week when the season is a day.</summary>
    public int Week => 7 * Period;

    /// <summary>Square roots, which even out the noise of counts; the values themselves when some are negative.</summary>
    public double[] Roots => _roots.Value;

    /// <summary>n + horizon values: the one a season ago.</summary>
    public double[] LastCycle => _lastCycle.Value;

    /// <summary>n + horizon values: the one a week ago, or a season ago in the first week.</summary>
    public double[] LastWeek => _lastWeek.Value;

    /// <summary>n + horizon values: the median over earlier seasons.</summary>
    public double[] SlotMedian => _slotMedian.Value;

    /// <summary>n + horizon values: the mean over earlier seasons, recent ones counting more.</summary>
    public double[] RecentMean => _recentMean.Value;

    /// <summary>Back from the scale of <see cref="Roots"/>.</summary>
    public double Unroot(double root) => !IsNonNegative ? root : root > 0 ? root * root : 0;

    // Beyond the first season after the end the baseline repeats. The first season of all has none: it stands in for itself.
    private double[] Baseline(Func<SeriesWindow, int, double> at)
    {
        var baseline = new double[Points + Horizon];
        for (var i = 0; i < baseline.Length; i++)
        {
            baseline[i] = i < Period ? Values[Math.Min(i, Points - 1)] : i >= Points + Period ? baseline[i - Period] : at(this, i);
        }

        return baseline;
    }

    private double MedianOfSlot(int at)
    {
        Span<double> earlier = stackalloc double[Cycles];
        var count = 0;
        for (var i = at - Period; i >= 0 && count < Cycles; i -= Period)
        {
            earlier[count++] = Values[i];
        }

        return Quantiles.MedianInPlace(earlier[..count]);
    }

    private double MeanOfSlot(int at)
    {
        var (sum, weights, weight, count) = (0d, 0d, 1d, 0);
        for (var i = at - Period; i >= 0 && count < Cycles; i -= Period, count++)
        {
            sum += weight * Values[i];
            weights += weight;
            weight *= Fading;
        }

        return sum / weights;
    }
}
