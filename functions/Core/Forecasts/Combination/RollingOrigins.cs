namespace ScaleFunctions.Core.Forecasts.Combination;

/// <summary>
/// The places inside a history from which it is forecast again, to see how models and bounds would have done. They lie
/// in the second half, so that each has half of the history before it, and a week where two days are left after a week: the
/// models of a week need it.
/// </summary>
internal static class RollingOrigins
{
    // Eight a day: enough errors for a bound of the first hour, few enough to refit hourly.
    private const double SpacingHours = 3;
    private const int LeastOrigins = 8;
    private const int DaysForWeek = 9;

    /// <summary>Ascending indices; each has at least one value after it.</summary>
    public static int[] Of(int points, int stepsPerDay)
    {
        var first = points >= DaysForWeek * stepsPerDay ? Math.Max(points / 2, 7 * stepsPerDay) : points / 2;
        var last = points - Math.Max(1, stepsPerDay / 24);
        last = last > first ? last : points - 1;
        var spacing = Math.Min(SpacingHours * stepsPerDay / 24, (last - first) / (double)LeastOrigins);
        spacing = Math.Max(1, spacing);
        var origins = new List<int>();
        for (var at = (double)last; at >= Math.Max(1, first); at -= spacing)
        {
            origins.Add((int)at);
        }

        origins.Reverse();
        return [.. origins];
    }
}
