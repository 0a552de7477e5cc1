namespace ScaleFunctions.Core.Forecasts.Smoothing;

/// <summary>An exponential smoothing with its parameters, at the end of the values it was fitted to.</summary>
/// <param name="Alpha">How much of an error the level takes on, 0 to 1.</param>
/// <param name="Beta">How much of an error the trend takes on, 0 to alpha; 0 without trend.</param>
/// <param name="Phi">What is left of the trend after a step, 0 to 1; 0 without trend.</param>
/// <param name="Level">The level now, in the unit of the values.</param>
/// <param name="Trend">The trend a step.</param>
/// <param name="SquaredError">Sum of squared one-step errors over the values of the fit.</param>
public readonly record struct SmoothingFit(double Alpha, double Beta, double Phi, double Level, double Trend, double SquaredError)
{
    /// <summary>The forecast a number of steps ahead.</summary>
    public double At(int steps) => Phi == 0 ? Level : Level + (Trend * Phi * (1 - Math.Pow(Phi, steps)) / (1 - Phi));

    /// <summary>Takes in one more value, in constant time.</summary>
    public SmoothingFit Next(double value)
    {
        var error = value - Level - (Phi * Trend);
        return this with { Level = Level + (Phi * Trend) + (Alpha * error), Trend = (Phi * Trend) + (Beta * error) };
    }
}
