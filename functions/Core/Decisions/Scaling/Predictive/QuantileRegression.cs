namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>A linear quantile of a target given features, by iteratively reweighted least squares (Hunter and Lange, 2000).</summary>
/// <remarks>
/// Each step solves the normal equations with weights 1 / (|error| + ε), shifted by 2q − 1. A ridge pulls every
/// coefficient to zero and that of the present load to one, so that without evidence the forecast is "as now". A fit
/// starts from the one before; a few steps are enough then.
/// </remarks>
internal sealed class QuantileRegression(double quantile)
{
    private const int Size = LoadFeatures.Count;
    private const int FirstSteps = 25;
    private const int LaterSteps = 3;

    // Errors smaller than a hundredth of the mean load are all alike.
    private const double Epsilon = 0.01;
    private const double Ridge = 0.01;

    private readonly double[] _matrix = new double[Size * Size];
    private readonly double[] _right = new double[Size];
    private readonly double[] _coefficients = new double[Size];
    private double _level = 1;

    public bool IsFitted { get; private set; }

    /// <summary>Fits to rows of features and the target of each.</summary>
    /// <param name="rows">Features, row after row.</param>
    /// <param name="targets">What came of each row.</param>
    /// <param name="level">Mean load: everything is made relative to it.</param>
    public void Fit(ReadOnlySpan<double> rows, ReadOnlySpan<double> targets, double level)
    {
        _level = level;
        var steps = IsFitted ? LaterSteps : FirstSteps;
        for (var step = 0; step < steps; step++)
        {
            Accumulate(rows, targets);
            Solve();
        }

        IsFitted = true;
    }

    public double Predict(ReadOnlySpan<double> row)
    {
        Span<double> scaled = stackalloc double[Size];
        Rescale(row, scaled);
        return Dot(scaled) * _level;
    }

    private void Rescale(ReadOnlySpan<double> row, Span<double> scaled)
    {
        var share = 1 / _level;
        for (var i = 0; i < Size; i++)
        {
            scaled[i] = row[i] * share;
        }

        scaled[LoadFeatures.Constant] = 1;
        scaled[LoadFeatures.Root] = row[LoadFeatures.Root] / Math.Sqrt(_level);
    }

    private double Dot(ReadOnlySpan<double> scaled)
    {
        var sum = 0d;
        for (var i = 0; i < Size; i++)
        {
            sum += scaled[i] * _coefficients[i];
        }

        return sum;
    }

    private void Accumulate(ReadOnlySpan<double> rows, ReadOnlySpan<double> targets)
    {
        Array.Clear(_matrix);
        Array.Clear(_right);
        Span<double> scaled = stackalloc double[Size];
        for (var row = 0; row < targets.Length; row++)
        {
            Rescale(rows.Slice(row * Size, Size), scaled);
            var target = targets[row] / _level;
            var weight = 1 / (Math.Abs(target - Dot(scaled)) + Epsilon);
            var pull = (weight * target) + ((2 * quantile) - 1);
            for (var i = 0; i < Size; i++)
            {
                _right[i] += scaled[i] * pull;
                var weighted = weight * scaled[i];
                var line = _matrix.AsSpan(i * Size, i + 1);
                for (var j = 0; j < line.Length; j++)
                {
                    line[j] += weighted * scaled[j];
                }
            }
        }

        for (var i = 0; i < Size; i++)
        {
            _matrix[(i * Size) + i] += Ridge * targets.Length;
        }

        _right[LoadFeatures.Present] += Ridge * targets.Length;
    }

    /// <summary>Cholesky's factors in place, then forward and back substitution.</summary>
    private void Solve()
    {
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = _matrix[(i * Size) + j];
                for (var k = 0; k < j; k++)
                {
                    rest -= _matrix[(i * Size) + k] * _matrix[(j * Size) + k];
                }

                _matrix[(i * Size) + j] = i == j ? Math.Sqrt(Math.Max(rest, 1e-12)) : rest / _matrix[(j * Size) + j];
            }
        }

        for (var i = 0; i < Size; i++)
        {
            var rest = _right[i];
            for (var k = 0; k < i; k++)
            {
                rest -= _matrix[(i * Size) + k] * _coefficients[k];
            }

            _coefficients[i] = rest / _matrix[(i * Size) + i];
        }

        for (var i = Size - 1; i >= 0; i--)
        {
            var rest = _coefficients[i];
            for (var k = i + 1; k < Size; k++)
            {
                rest -= _matrix[(k * Size) + i] * _coefficients[k];
            }

            _coefficients[i] = rest / _matrix[(i * Size) + i];
        }
    }
}
