namespace ScaleFunctions.Core.Forecasts.Smoothing;

/// <summary>The squared one-step error of damped smoothing over some values, as a function of three free numbers.</summary>
internal sealed class DampedErrors(double[] values)
{
    // The bounds usual for smoothing parameters (Hyndman and Khandakar, 2008).
    private const double Least = 0.0001;
    private const double Most = 0.9999;
    private const double LeastPhi = 0.8;
    private const double MostPhi = 0.98;

    /// <summary>The error at a point; each coordinate is mapped into its bounds by the logistic function.</summary>
    public double At(ReadOnlySpan<double> point) => Run(values, Alpha(point), Beta(point), Phi(point)).SquaredError;

    public SmoothingFit FitAt(ReadOnlySpan<double> point) => Run(values, Alpha(point), Beta(point), Phi(point));

    private static double Alpha(ReadOnlySpan<double> point) => Least + ((Most - Least) * Logistic(point[0]));

    private static double Beta(ReadOnlySpan<double> point) => Least + ((Alpha(point) - Least) * Logistic(point[1]));

    private static double Phi(ReadOnlySpan<double> point) => LeastPhi + ((MostPhi - LeastPhi) * Logistic(point[2]));

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));

    // Three courses run beside each other: from zero with the values, and of the first level and of the first trend alone.
    public static SmoothingFit Run(ReadOnlySpan<double> values, double alpha, double beta, double phi)
    {
        var (level, trend, levelL, trendL, levelT, trendT) = (0d, 0d, 1d, 0d, 0d, 1d);
        var (ee, el, et, ll, lt, tt) = (0d, 0d, 0d, 0d, 0d, 0d);
        foreach (var value in values)
        {
            trend *= phi;
            trendL *= phi;
            trendT *= phi;
            var error = value - level - trend;
            var byLevel = -levelL - trendL;
            var byTrend = -levelT - trendT;
            ee += error * error;
            el += error * byLevel;
            et += error * byTrend;
            ll += byLevel * byLevel;
            lt += byLevel * byTrend;
            tt += byTrend * byTrend;
            level += trend + (alpha * error);
            trend += beta * error;
            levelL += trendL + (alpha * byLevel);
            trendL += beta * byLevel;
            levelT += trendT + (alpha * byTrend);
            trendT += beta * byTrend;
        }

        var determinant = (ll * tt) - (lt * lt);
        var isSound = determinant > 1e-12 * ll * tt;
        var firstLevel = isSound ? ((et * lt) - (el * tt)) / determinant : -el / ll;
        var firstTrend = isSound ? ((el * lt) - (et * ll)) / determinant : 0;
        var squares = ee + (firstLevel * el) + (firstTrend * et);
        return new(
            alpha, beta, phi,
            level + (firstLevel * levelL) + (firstTrend * levelT),
            trend + (firstLevel * trendL) + (firstTrend * trendT),
            Math.Max(0, squares));
    }
}
