namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>
/// The smoothing of one place of the cycle over the cycles. Without robustness weights it is linear and the same for all
/// places, so it is made once, as a matrix.
/// </summary>
internal sealed class CycleSmoother
{
    /// <summary>With more cycles than this the window is much shorter than the row, and the matrix mostly zeros.</summary>
    public const int MostCycles = 64;

    private readonly double[] _rows;
    private readonly int _cycles;

    public CycleSmoother(Loess loess, int cycles)
    {
        _cycles = cycles;
        _rows = new double[(cycles + 2) * cycles];
        var (unit, smooth, weights) = (new double[cycles], new double[cycles + 2], new double[cycles]);
        for (var column = 0; column < cycles; column++)
        {
            unit[column] = 1;
            Smooth(loess, unit, [], smooth, weights);
            for (var row = 0; row < smooth.Length; row++)
            {
                _rows[(row * cycles) + column] = smooth[row];
            }

            unit[column] = 0;
        }
    }

    /// <summary>Smooths c values into c + 2, the first and last of which lie a cycle beyond.</summary>
    public void Apply(ReadOnlySpan<double> values, Span<double> smooth)
    {
        for (var row = 0; row < smooth.Length; row++)
        {
            smooth[row] = VectorProduct.Of(_rows.AsSpan(row * _cycles, _cycles), values);
        }
    }

    /// <summary>The same with robustness weights.</summary>
    public static void Smooth(Loess loess, ReadOnlySpan<double> values, ReadOnlySpan<double> robustness, Span<double> smooth, Span<double> weights)
    {
        var count = values.Length;
        loess.Smooth(values, robustness, smooth.Slice(1, count), weights);
        smooth[0] = loess.Fit(values, robustness, -1, 0, Math.Min(loess.Window, count) - 1, weights) ?? smooth[1];
        smooth[count + 1] = loess.Fit(values, robustness, count, Math.Max(0, count - loess.Window), count - 1, weights) ?? smooth[count];
    }
}
