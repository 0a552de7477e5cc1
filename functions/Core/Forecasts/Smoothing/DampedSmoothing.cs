namespace ScaleFunctions.Core.Forecasts.Smoothing;

/// <summary>
/// Exponential smoothing with a trend that fades: Gardner and McKenzie (1985), in the state-space form of Hyndman et
/// al. (2008). Errors are linear in the first level and trend, so only alpha, beta and phi are searched.
/// </summary>
public static class DampedSmoothing
{
    private const int LeastPoints = 5;

    /// <summary>Fits n finite values to the least squared one-step error; fewer than five are fitted without trend.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static SmoothingFit Fit(ReadOnlySpan<double> values)
    {
        if (values.Length < LeastPoints)
        {
            return SimpleSmoothing.Fit(values);
        }

        var errors = new DampedErrors(values.ToArray());
        var simple = SimpleSmoothing.Fit(values);
        Simplex? best = null;
        foreach (var alpha in (ReadOnlySpan<double>)[Math.Clamp(simple.Alpha, 0.02, 0.98), 0.2])
        {
            var found = Simplex.Search(errors, [Unbound(alpha), Unbound(0.1), Unbound(0.5)]);
            best = best is null || found.Value < best.Value ? found : best;
        }

        return errors.FitAt(best!.Point);
    }

    /// <summary>The best start and the state at the end, with the parameters of another fit.</summary>
    public static SmoothingFit FitWith(ReadOnlySpan<double> values, SmoothingFit other) => other.Phi == 0
        ? SimpleSmoothing.FitWith(values, other.Alpha)
        : DampedErrors.Run(values, other.Alpha, other.Beta, other.Phi);

    private static double Unbound(double share) => Math.Log(share / (1 - share));
}
