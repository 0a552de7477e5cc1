namespace ScaleFunctions.Core.Forecasts;

/// <summary>Order statistics. Of an even count the median is the mean of the two in the middle.</summary>
internal static class Quantiles
{
    /// <summary>The median; leaves the values as they are.</summary>
    public static double MedianOf(ReadOnlySpan<double> values) => MedianInPlace(values.ToArray());

    /// <summary>The median; puts the values into another order.</summary>
    public static double MedianInPlace(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        var upper = Select(values, values.Length / 2);
        if (values.Length % 2 == 1)
        {
            return upper;
        }

        var lower = values[0];
        for (var i = 1; i < values.Length / 2; i++)
        {
            lower = Math.Max(lower, values[i]);
        }

        return (lower + upper) / 2;
    }

    /// <summary>The value that would stand at <paramref name="rank"/> in ascending order; smaller ones end up before it.</summary>
    public static double Select(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = values[low + ((high - low) / 2)];
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (rank <= right)
            {
                high = right;
            }
            else if (rank >= left)
            {
                low = left;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }
}
