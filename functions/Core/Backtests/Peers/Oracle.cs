namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>The cheapest course without a single short minute, planned with perfect foresight and the same boot time.</summary>
/// <remarks>
/// Instances are alike, so each can be planned alone: through a lull of up to the boot time it is cheaper to keep
/// it than to boot it again. Doing that at every height is a morphological closing of the need with a flat window
/// of boot time + 1. With a boot time of two minutes:
/// <code>
/// needed  3 1 1 3 1 1 1 3
/// kept    3 3 3 3 1 1 1 3
/// billed  3 3 3 3 1 3 3 3     the two that come back are billed while they boot
/// </code>
/// </remarks>
public static class Oracle
{
    public static FleetCourse Plan(DemandSeries series) => Plan(series, ScalingProtocol.BootMinutes);

    public static FleetCourse Plan(DemandSeries series, int bootMinutes)
    {
        var needed = series.Needed;
        var from = series.ScoredFrom;
        var serving = new int[needed.Length];
        Close(needed[from..], serving.AsSpan(from), bootMinutes);
        var billed = serving.ToArray();
        var changes = new int[needed.Length];
        for (var minute = from + 1; minute < needed.Length; minute++)
        {
            var added = serving[minute] - serving[minute - 1];
            changes[minute] = added;

            // The bill counts the boot of every instance, also where it would begin before the first scored minute.
            billed[minute] += Math.Max(added, 0) * bootMinutes;
        }

        return new FleetCourse(serving, billed, changes);
    }

    private static void Close(ReadOnlySpan<int> needed, Span<int> kept, int bootMinutes)
    {
        var window = bootMinutes + 1;
        var highest = new int[needed.Length + bootMinutes];
        for (var start = 0; start < highest.Length; start++)
        {
            var last = Math.Min(start, needed.Length - 1);
            for (var minute = Math.Max(0, start - bootMinutes); minute <= last; minute++)
            {
                highest[start] = Math.Max(highest[start], needed[minute]);
            }
        }

        for (var minute = 0; minute < needed.Length; minute++)
        {
            var lowest = int.MaxValue;
            for (var start = minute; start < minute + window; start++)
            {
                lowest = Math.Min(lowest, highest[start]);
            }

            kept[minute] = Math.Max(lowest, needed[minute]);
        }
    }
}
