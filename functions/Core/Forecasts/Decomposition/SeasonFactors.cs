namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>Classical multiplicative decomposition: a factor for each place of the season, 1 on the mean.</summary>
public static class SeasonFactors
{
    // A factor of nothing cannot be divided by.
    private const double LeastFactor = 1e-10;

    /// <summary>The factors, from the ratio of each value to the centred mean of a season around it.</summary>
    /// <returns>One factor for each of <paramref name="period"/> places, the first for the first value; nothing when there
    /// are fewer than two seasons, or a factor would not be positive.</returns>
    public static double[]? Of(ReadOnlySpan<double> values, int period)
    {
        var n = values.Length;
        if (period < 2 || n <= 2 * period)
        {
            return null;
        }

        var sums = new double[period];
        var counts = new int[period];
        var window = 0d;
        foreach (var value in values[..period])
        {
            window += value;
        }

        // A centred mean of an even season takes half of each end.
        var half = period / 2;
        for (var i = half; i + half < n; i++)
        {
            var mean = period % 2 == 0 ? (window + ((values[i + half] - values[i - half]) / 2)) / period : window / period;
            if (mean > 0)
            {
                sums[i % period] += values[i] / mean;
                counts[i % period]++;
            }

            if (i - half + period < n)
            {
                window += values[i - half + period] - values[i - half];
            }
        }

        return Normalize(sums, counts);
    }

    private static double[]? Normalize(double[] sums, int[] counts)
    {
        var mean = 0d;
        for (var place = 0; place < sums.Length; place++)
        {
            sums[place] = counts[place] == 0 ? 1 : sums[place] / counts[place];
            mean += sums[place] / sums.Length;
        }

        if (mean <= 0)
        {
            return null;
        }

        for (var place = 0; place < sums.Length; place++)
        {
            sums[place] /= mean;
            if (sums[place] < LeastFactor)
            {
                return null;
            }
        }

        return sums;
    }
}
