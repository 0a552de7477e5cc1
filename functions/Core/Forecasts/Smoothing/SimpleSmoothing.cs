namespace ScaleFunctions.Core.Forecasts.Smoothing;

/// <summary>
/// Simple exponential smoothing, fitted to the least squared one-step error. For a given alpha the errors are linear in
/// the first level, so the best one has a closed form and only alpha is searched.
/// </summary>
public static class SimpleSmoothing
{
    // The bounds usual for smoothing parameters (Hyndman and Khandakar, 2008).
    private const double LeastAlpha = 0.0001;
    private const double MostAlpha = 0.9999;
    private const int CoarsePoints = 9;
    private const double Precision = 0.0005;

    /// <summary>Fits n finite values; a single value is its own level.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static SmoothingFit Fit(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("nothing to fit", nameof(values));
        }

        return FitWith(values, BestAlpha(values));
    }

    /// <summary>The best start and the level at the end, with a given alpha.</summary>
    public static SmoothingFit FitWith(ReadOnlySpan<double> values, double alpha)
    {
        var error = ErrorOf(values, alpha, out var first);
        return new(alpha, 0, 0, LevelAfter(values, alpha, first), 0, error);
    }

    // The error is not always convex in alpha: a coarse scan finds the valley, a golden section its bottom.
    private static double BestAlpha(ReadOnlySpan<double> values)
    {
        var (best, least) = (LeastAlpha, double.PositiveInfinity);
        for (var i = 0; i < CoarsePoints; i++)
        {
            var alpha = Coarse(i);
            var error = ErrorOf(values, alpha, out _);
            (best, least) = error < least ? (alpha, error) : (best, least);
        }

        var step = (MostAlpha - LeastAlpha) / (CoarsePoints - 1);
        return GoldenSection(values, Math.Max(LeastAlpha, best - step), Math.Min(MostAlpha, best + step));
    }

    private static double Coarse(int i) => LeastAlpha + ((MostAlpha - LeastAlpha) * i / (CoarsePoints - 1));

    private static double GoldenSection(ReadOnlySpan<double> values, double low, double high)
    {
        const double Ratio = 0.618033988749895;
        var (left, right) = (high - (Ratio * (high - low)), low + (Ratio * (high - low)));
        var (leftError, rightError) = (ErrorOf(values, left, out _), ErrorOf(values, right, out _));
        while (high - low > Precision)
        {
            if (leftError <= rightError)
            {
                (high, right, rightError) = (right, left, leftError);
                left = high - (Ratio * (high - low));
                leftError = ErrorOf(values, left, out _);
            }
            else
            {
                (low, left, leftError) = (left, right, rightError);
                right = low + (Ratio * (high - low));
                rightError = ErrorOf(values, right, out _);
            }
        }

        return (low + high) / 2;
    }

    private static double ErrorOf(ReadOnlySpan<double> values, double alpha, out double first)
    {
        var (level, share) = (0d, 1d);
        var (squares, cross, shares) = (0d, 0d, 0d);
        foreach (var value in values)
        {
            var error = value - level;
            squares += error * error;
            cross += error * share;
            shares += share * share;
            level += alpha * error;
            share *= 1 - alpha;
        }

        first = cross / shares;
        return Math.Max(0, squares - (cross * first));
    }

    private static double LevelAfter(ReadOnlySpan<double> values, double alpha, double level)
    {
        foreach (var value in values)
        {
            level += alpha * (value - level);
        }

        return level;
    }
}
