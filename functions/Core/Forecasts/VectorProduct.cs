using System.Numerics;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>Sum of products, several at a time.</summary>
internal static class VectorProduct
{
    /// <summary>The inner product of two rows of the same length.</summary>
    public static double Of(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        // Two sums side by side: an addition takes longer than to begin the next.
        var (first, second, i) = (Vector<double>.Zero, Vector<double>.Zero, 0);
        var width = Vector<double>.Count;
        for (; i <= left.Length - (2 * width); i += 2 * width)
        {
            first += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
            second += new Vector<double>(left[(i + width)..]) * new Vector<double>(right[(i + width)..]);
        }

        var sum = Vector.Sum(first + second);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
