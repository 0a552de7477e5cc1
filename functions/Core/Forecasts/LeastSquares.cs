namespace ScaleFunctions.Core.Forecasts;

/// <summary>Ridge regression from its normal equations.</summary>
internal static class LeastSquares
{
    /// <summary>Solves by elimination; all zero when there is nothing to learn from.</summary>
    /// <param name="squares">Sums of products of features, f × f by rows; only the lower triangle is read.</param>
    /// <param name="products">Sums of feature times target, f.</param>
    /// <param name="ridge">Added to each diagonal element, as a share of their mean.</param>
    /// <param name="coefficients">Receives f coefficients.</param>
    public static void Solve(ReadOnlySpan<double> squares, ReadOnlySpan<double> products, double ridge, Span<double> coefficients)
    {
        var f = products.Length;
        var trace = 0d;
        for (var i = 0; i < f; i++)
        {
            trace += squares[(i * f) + i];
        }

        if (trace <= 0)
        {
            coefficients.Clear();
            return;
        }

        Span<double> matrix = stackalloc double[ErrorCorrection.MostFeatures * ErrorCorrection.MostFeatures];
        for (var i = 0; i < f; i++)
        {
            for (var k = 0; k < f; k++)
            {
                matrix[(i * f) + k] = squares[(Math.Max(i, k) * f) + Math.Min(i, k)];
            }

            matrix[(i * f) + i] += ridge * trace / f;
            coefficients[i] = products[i];
        }

        Eliminate(matrix, coefficients, f);
    }

    // The ridge keeps every pivot positive, so no rows need to change places.
    private static void Eliminate(Span<double> matrix, Span<double> right, int f)
    {
        for (var pivot = 0; pivot < f; pivot++)
        {
            for (var row = 0; row < f; row++)
            {
                if (row == pivot)
                {
                    continue;
                }

                var factor = matrix[(row * f) + pivot] / matrix[(pivot * f) + pivot];
                for (var k = pivot; k < f; k++)
                {
                    matrix[(row * f) + k] -= factor * matrix[(pivot * f) + k];
                }

                right[row] -= factor * right[pivot];
            }
        }

        for (var i = 0; i < f; i++)
        {
            right[i] /= matrix[(i * f) + i];
        }
    }
}
