using ScaleFunctions.Core.Forecasts.Repair;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>Makes a regular history without holes from points as they were measured.</summary>
/// <remarks>
/// | The points | come to |
/// | --- | --- |
/// | have a gap up to two hours | a line across it |
/// | have a gap up to three days | the same time on the days around |
/// | have a longer gap | what came after it; days left out on purpose make none |
/// | step to another level for good | the level of now, with the shape of the days before |
/// | end more than a day before the end | unfit: a forecast would not be of now |
/// | are missing in more than half of the steps | unfit |
/// | are fewer than eight steps | unfit |
/// </remarks>
public static class HistoryReader
{
    /// <summary>Days of history that are used: two of each day of the week. Older days change nothing.</summary>
    public const int UsualDays = 14;

    private const int LongestGapDays = 3;

    // More than this is guessing at most of what is then learned from.
    private const double MostFilled = 0.5;

    /// <summary>Reads what is known before <paramref name="end"/>; points at or after it do not count.</summary>
    /// <param name="points">In ascending order, at any distance.</param>
    /// <param name="end">The origin of the forecast.</param>
    /// <param name="step">Length of a step; it divides a day.</param>
    /// <param name="days">Days to look back.</param>
    /// <param name="isLeftOut">Whether a time has no value on purpose; absent: none.</param>
    public static HistoryReading Read(
        IReadOnlyList<LoadPoint> points, DateTimeOffset end, TimeSpan step, int days = UsualDays, Func<DateTimeOffset, bool>? isLeftOut = null)
    {
        var day = (int)(TimeSpan.FromDays(1).Ticks / step.Ticks);
        var grid = RegularGrid.Of(points, end, step, days * day);
        var last = Array.LastIndexOf(grid.IsKnown, true);
        if (last < 0)
        {
            return new HistoryReading.Unfit($"no value in the {days} days before {end:yyyy-MM-ddTHH:mm:ssZ}");
        }

        if (grid.Values.Length - 1 - last > day)
        {
            return new HistoryReading.Unfit($"the last value is more than a day before {end:yyyy-MM-ddTHH:mm:ssZ}");
        }

        var first = FirstAfterLongGap(grid, LongestGapDays * day, slot => isLeftOut?.Invoke(end - ((grid.Values.Length - slot) * step)) ?? false);
        var recent = grid.From(first);
        return Fill(recent, end, step, UsualSteps(points, end, step));
    }

    private static HistoryReading Fill(RegularGrid grid, DateTimeOffset end, TimeSpan step, int usualSteps)
    {
        var day = (int)(TimeSpan.FromDays(1).Ticks / step.Ticks);
        var known = grid.IsKnown.Count(isKnown => isKnown);
        if (grid.Values.Length < LoadHistory.LeastPoints)
        {
            return new HistoryReading.Unfit($"{known} values in a row before {end:yyyy-MM-ddTHH:mm:ssZ}; a forecast needs {LoadHistory.LeastPoints} steps of {step:hh\\:mm}");
        }

        if (known * (double)usualSteps < (1 - MostFilled) * grid.Values.Length)
        {
            return new HistoryReading.Unfit($"{known} of {grid.Values.Length} steps before {end:yyyy-MM-ddTHH:mm:ssZ} have a value; a forecast needs half of them");
        }

        var filled = GapFilling.Fill(grid, day, usualSteps);
        return new HistoryReading.Ready(Repaired(grid.Values, end, step) with { Filled = filled });
    }

    /// <summary>The history that values without gaps make, faults and steps of the level mended. The values are changed in place.</summary>
    internal static LoadHistory Repaired(double[] values, DateTimeOffset end, TimeSpan step)
    {
        var day = (int)(TimeSpan.FromDays(1).Ticks / step.Ticks);
        var pulled = OutlierRepair.PullBack(values, day);
        var (levelled, rescaled) = AtTheLevelOfNow(values, day);
        return new(end, step, levelled) { PulledBack = pulled, Rescaled = rescaled };
    }

    private static (double[] Values, int Rescaled) AtTheLevelOfNow(double[] values, int day)
    {
        if (LevelShift.Find(values, day) is not (var begin, var factor))
        {
            return (values, 0);
        }

        // Nothing times anything is nothing: of a load that has only begun, what was before tells no shape either.
        return factor > 0 ? ([.. values[..begin].Select(value => value * factor), .. values[begin..]], begin) : (values[begin..], 0);
    }

    private static int FirstAfterLongGap(RegularGrid grid, int longest, Func<int, bool> isLeftOut)
    {
        // The first value of all begins the history too.
        var (first, missing) = (0, longest);
        for (var i = 0; i < grid.IsKnown.Length; i++)
        {
            if (!grid.IsKnown[i])
            {
                missing += isLeftOut(i) ? 0 : 1;
                continue;
            }

            first = missing >= longest ? i : first;
            missing = 0;
        }

        return first;
    }

    // How many steps lie between measurements: more than one where they are rarer than the steps.
    private static int UsualSteps(IReadOnlyList<LoadPoint> points, DateTimeOffset end, TimeSpan step)
    {
        var distances = points.Where(point => point.At < end).TakeLast(1000).Select(point => point.At).ToArray();
        if (distances.Length < 2)
        {
            return 1;
        }

        var between = distances.Zip(distances.Skip(1), (left, right) => (double)(right - left).Ticks).ToArray();
        return Math.Max(1, (int)Math.Round(Quantiles.MedianInPlace(between) / step.Ticks));
    }
}
