namespace ScaleFunctions.Core.Forecasts.Repair;

/// <summary>
/// Pulls back single values that stand far from both neighbours and from the same time on every other day: faults of a
/// sensor. Bursts last longer than a step, and a job comes again; both are load and stay.
/// </summary>
internal static class OutlierRepair
{
    // In medians of the usual step from one value to the next. Generous: load that is taken for a fault is the worse mistake.
    private const double Far = 25;

    // Another day's value this share of the way up shows that the height is real.
    private const double Seen = 0.5;

    /// <summary>Repairs the values in place; a kept value is never changed.</summary>
    /// <returns>How many were pulled back.</returns>
    public static int PullBack(double[] values, int stepsPerDay)
    {
        var usual = UsualStep(values);
        var pulled = 0;
        // Values of the last step may be the begin of something; it has no right neighbour to say.
        for (var i = 1; usual > 0 && i + 1 < values.Length; i++)
        {
            var (left, right) = (values[i] - values[i - 1], values[i] - values[i + 1]);
            var isAlone = left * right > 0 && Math.Min(Math.Abs(left), Math.Abs(right)) > Far * usual;
            var between = (values[i - 1] + values[i + 1]) / 2;
            if (isAlone && !IsSeenOnOtherDays(values, i, between, stepsPerDay))
            {
                values[i] = between;
                pulled++;
            }
        }

        return pulled;
    }

    private static double UsualStep(double[] values)
    {
        var steps = new double[Math.Max(0, values.Length - 1)];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Math.Abs(values[i + 1] - values[i]);
        }

        return Quantiles.MedianInPlace(steps);
    }

    private static bool IsSeenOnOtherDays(double[] values, int at, double between, int day)
    {
        var height = values[at] - between;
        for (var other = at % day; other < values.Length; other += day)
        {
            for (var near = Math.Max(0, other - 1); other != at && near <= Math.Min(values.Length - 1, other + 1); near++)
            {
                if ((values[near] - between) / height >= Seen)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
