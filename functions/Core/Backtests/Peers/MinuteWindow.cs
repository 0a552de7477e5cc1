namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>Figures of a stretch of a series.</summary>
internal static class MinuteWindow
{
    /// <summary>Mean of the values from one index up to, not including, another.</summary>
    public static double Mean(ReadOnlySpan<double> series, int from, int to)
    {
        var sum = 0d;
        foreach (var value in series[from..to])
        {
            sum += value;
        }

        return sum / (to - from);
    }

    public static double Max(ReadOnlySpan<double> series, int from, int to)
    {
        var most = series[from];
        foreach (var value in series[from..to])
        {
            most = Math.Max(most, value);
        }

        return most;
    }

    /// <summary>For each minute of a day the mean of the same minute of the last days, the latest of which ends before <paramref name="end"/>.</summary>
    public static double[] MeanDay(ReadOnlySpan<double> series, int end, int days)
    {
        var profile = new double[ScalingProtocol.MinutesPerDay];
        for (var day = days; day >= 1; day--)
        {
            var values = series.Slice(end - (day * ScalingProtocol.MinutesPerDay), ScalingProtocol.MinutesPerDay);
            for (var minute = 0; minute < profile.Length; minute++)
            {
                profile[minute] += values[minute];
            }
        }

        for (var minute = 0; minute < profile.Length; minute++)
        {
            profile[minute] /= days;
        }

        return profile;
    }

    /// <summary>Mean over each minute and so many neighbours on both sides; the day before and the day after are the same day.</summary>
    public static double[] Smooth(ReadOnlySpan<double> day, int neighbours)
    {
        var smooth = new double[day.Length];
        for (var minute = 0; minute < day.Length; minute++)
        {
            var sum = 0d;
            for (var other = minute - neighbours; other <= minute + neighbours; other++)
            {
                sum += day[(other + day.Length) % day.Length];
            }

            smooth[minute] = sum / ((2 * neighbours) + 1);
        }

        return smooth;
    }
}
