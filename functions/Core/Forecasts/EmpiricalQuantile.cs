namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// Quantiles of observed values, linear between the two nearest ones: position q · (n − 1) of the sorted values.
/// </summary>
/// <remarks>Selects instead of sorting, and reorders the values given; it allocates nothing.</remarks>
public static class EmpiricalQuantile
{
    /// <summary>The quantile of the values, which are left in another order.</summary>
    public static double InPlace(Span<double> values, double quantile)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("no values have no quantile", nameof(values));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(quantile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        var position = (values.Length - 1) * quantile;
        var below = (int)Math.Floor(position);
        Select(values, below);
        var low = values[below];
        if (below == values.Length - 1)
        {
            return low;
        }

        return Between(low, Least(values[(below + 1)..]), position - below);
    }

    // Computed from the nearer end, so that the ends themselves come out exactly.
    private static double Between(double low, double high, double fraction)
    {
        var width = high - low;
        return fraction < 0.5 ? low + (width * fraction) : high - (width * (1 - fraction));
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values)
        {
            least = value < least ? value : least;
        }

        return least;
    }

    /// <summary>Brings the value of a rank to its place, smaller ones before it, larger ones behind (Hoare's selection).</summary>
    private static void Select(Span<double> values, int rank)
    {
        var left = 0;
        var right = values.Length - 1;
        while (left < right)
        {
            var pivot = MedianOfThree(values[left], values[left + ((right - left) / 2)], values[right]);
            var i = left;
            var j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
            {
                right = j;
            }
            else if (rank >= i)
            {
                left = i;
            }
            else
            {
                return;
            }
        }
    }

    private static double MedianOfThree(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
