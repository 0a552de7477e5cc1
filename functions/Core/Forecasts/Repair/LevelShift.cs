namespace ScaleFunctions.Core.Forecasts.Repair;

/// <summary>
/// Brings what lay before a lasting step of a load to its new level: after a launch, or when half of the traffic moved away,
/// the days before tell the shape and not the height.
/// </summary>
/// <remarks>
/// A step is lasting when nine of ten values since lie beyond everything that was seen at their time of day before, by a margin:
/// upwards for half a day, downwards for two days, because a holiday looks the same for one and a forecast that is too high only
/// costs money.
/// </remarks>
internal static class LevelShift
{
    private const double Margin = 1.15;
    private const double Most = 0.9;
    private const double UpDays = 0.5;
    private const double DownDays = 2;

    /// <summary>Longer ago the recent days speak for themselves.</summary>
    private const int LongestDays = 5;

    /// <summary>Fewer days before the step do not tell how high a time of day can be.</summary>
    private const int LeastDaysBefore = 3;

    /// <summary>Finds the step.</summary>
    /// <param name="values">Without gaps, oldest first. A load that is negative somewhere has no level to scale.</param>
    /// <param name="stepsPerDay">Steps of a day.</param>
    /// <returns>
    /// The first value of the new level, and how many times as high that is as before; 0 times when there was nothing before.
    /// Null when there is no lasting step.
    /// </returns>
    public static (int Begin, double Factor)? Find(double[] values, int stepsPerDay) =>
        Array.TrueForAll(values, value => value >= 0)
            && (Begin(values, stepsPerDay, UpDays, isUp: true) ?? Begin(values, stepsPerDay, DownDays, isUp: false)) is { } begin
            ? (begin, Factor(values, begin, stepsPerDay))
            : null;

    /// <summary>The first value of the longest end of the history that lies beyond what was seen before it; null when none is long enough.</summary>
    private static int? Begin(double[] values, int day, double leastDays, bool isUp)
    {
        var (shortest, longest) = ((int)Math.Ceiling(leastDays * day), Math.Min(LongestDays * day, values.Length - (LeastDaysBefore * day)));
        int? found = null;
        for (var length = shortest; length <= longest && AreBeyond(values, values.Length - length, day, isUp); length += Math.Max(1, day / 24))
        {
            found = values.Length - length;
        }

        // Looked for by the hour, and with a tenth of slack: the step itself is where the first value lies beyond.
        var begin = found ?? values.Length;
        while (found is not null && begin > values.Length - longest && IsBeyond(values, begin - 1, begin - 1, day, isUp))
        {
            begin--;
        }

        while (begin < values.Length && !IsBeyond(values, begin, begin, day, isUp))
        {
            begin++;
        }

        return values.Length - begin >= shortest ? begin : null;
    }

    private static bool AreBeyond(double[] values, int begin, int day, bool isUp)
    {
        var (beyond, left) = (0, values.Length - begin);
        var wanted = Most * left;
        for (var i = begin; i < values.Length && beyond + left >= wanted; i++, left--)
        {
            beyond += IsBeyond(values, i, begin, day, isUp) ? 1 : 0;
        }

        return beyond >= wanted;
    }

    /// <summary>Whether a value lies beyond all of its time of day that came before the step.</summary>
    private static bool IsBeyond(double[] values, int at, int begin, int day, bool isUp) => isUp
        ? values[at] > Margin * Extreme(values, at, begin, day, Math.Max)
        : Margin * values[at] < Extreme(values, at, begin, day, Math.Min);

    private static double Extreme(double[] values, int at, int begin, int day, Func<double, double, double> choose)
    {
        var extreme = values[at % day];
        for (var before = (at % day) + day; before < begin; before += day)
        {
            extreme = choose(extreme, values[before]);
        }

        return extreme;
    }

    /// <summary>By how much the level moved: the median over the values since of their ratio to the usual ones of their time of day.</summary>
    private static double Factor(double[] values, int begin, int day)
    {
        List<double> ratios = [];
        for (var i = begin; i < values.Length; i++)
        {
            List<double> before = [];
            for (var other = i % day; other < begin; other += day)
            {
                before.Add(values[other]);
            }

            if (Quantiles.MedianInPlace(before.ToArray()) is > 0 and var usual)
            {
                ratios.Add(values[i] / usual);
            }
        }

        return ratios.Count == 0 ? 0 : Quantiles.MedianInPlace(ratios.ToArray());
    }
}
