namespace ScaleFunctions.Core.Forecasts.Repair;

/// <summary>Fills steps without a value: short gaps by a line, longer ones by the same time on the days around.</summary>
internal static class GapFilling
{
    // Over an hour or two a line is nearer than another day; beyond, the day's shape is.
    private const double ShortHours = 2;

    /// <summary>Fills the grid in place.</summary>
    /// <param name="grid">At least one step is known.</param>
    /// <param name="stepsPerDay">Steps of a day.</param>
    /// <param name="usualSteps">Steps from one measurement to the next, where those come more rarely than the steps.</param>
    /// <returns>How many steps were filled.</returns>
    public static int Fill(RegularGrid grid, int stepsPerDay, int usualSteps)
    {
        var longest = Math.Max((int)(ShortHours * stepsPerDay / 24), usualSteps);
        var filled = 0;
        for (var from = 0; from < grid.Values.Length; from++)
        {
            if (grid.IsKnown[from])
            {
                continue;
            }

            var to = from;
            while (to < grid.Values.Length && !grid.IsKnown[to])
            {
                to++;
            }

            for (var i = from; i < to; i++)
            {
                grid.Values[i] = to - from > longest && OtherDays(grid, i, stepsPerDay) is { } other ? other : Between(grid, i, from, to);
            }

            filled += to - from;
            from = to;
        }

        return filled;
    }

    // The nearest days before and after that were measured at this time; their mean when both are.
    private static double? OtherDays(RegularGrid grid, int at, int day)
    {
        var (before, after) = (at - day, at + day);
        while (before >= 0 && !grid.IsKnown[before])
        {
            before -= day;
        }

        while (after < grid.Values.Length && !grid.IsKnown[after])
        {
            after += day;
        }

        return (before >= 0, after < grid.Values.Length) switch
        {
            (true, true) => (grid.Values[before] + grid.Values[after]) / 2,
            (true, false) => grid.Values[before],
            (false, true) => grid.Values[after],
            _ => null,
        };
    }

    // At either end there is only one neighbour.
    private static double Between(RegularGrid grid, int at, int from, int to)
    {
        var right = to < grid.Values.Length ? grid.Values[to] : grid.Values[from - 1];
        var left = from > 0 ? grid.Values[from - 1] : right;
        return left + ((right - left) * (at - from + 1) / (to - from + 1));
    }
}
