using ScaleFunctions.Core.Forecasts.Combination;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// A fitted forecast, as a value that can be stored. Between refits it takes in each new value in constant time; the
/// first step after <see cref="Origin"/> is step 1.
/// </summary>
public sealed record LoadForecast
{
    /// <summary>When the first step begins; nothing at or after it was used in the fit.</summary>
    public required DateTimeOffset Origin { get; init; }

    public required TimeSpan Step { get; init; }

    public required int StepsPerDay { get; init; }

    /// <summary>The central forecast of each step at the fit, in the unit of the load.</summary>
    public required double[] Path { get; init; }

    /// <summary>The scales of the bounds along the path, by <see cref="Bounds.BoundScale"/>.</summary>
    public required double[][] Scales { get; init; }

    public required Calibration Calibration { get; init; }

    /// <summary>A load that was never negative has no negative forecast.</summary>
    public required bool IsNonNegative { get; init; }

    /// <summary>Steps that were seen since the fit.</summary>
    public int Seen { get; init; }

    /// <summary>What the errors since the fit say about the level.</summary>
    public double Level { get; init; }

    public int Horizon => Path.Length;

    /// <summary>Takes in the load of the next step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite, or the path ends before it.</exception>
    public LoadForecast Observe(double value)
    {
        if (!double.IsFinite(value) || Seen >= Horizon)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"expected a finite value within {Horizon} steps");
        }

        return this with { Seen = Seen + 1, Level = Calibration.Level.Next(Level, value - Path[Seen]) };
    }

    /// <summary>The same after a step that nobody measured: the level fades, no more.</summary>
    public LoadForecast Skip() => this with { Seen = Seen + 1, Level = Calibration.Level.After(Level, 1) };

    /// <summary>The central forecast of a step that lies ahead.</summary>
    public double MeanAt(int step)
    {
        var mean = Path[Ahead(step) + Seen - 1] + Calibration.Level.After(Level, Ahead(step));
        return IsNonNegative ? Math.Max(0, mean) : mean;
    }

    /// <summary>The value that the load of a step stays below with the given probability.</summary>
    /// <param name="step">A step that lies ahead.</param>
    /// <param name="quantile">Between 0 and 1, both excluded.</param>
    public double QuantileAt(int step, double quantile)
    {
        Check(quantile);
        var table = Calibration.Bounds[HorizonBuckets.Of(Ahead(step), StepsPerDay)];
        var beyondDay = Math.Sqrt(Math.Max(1, Ahead(step) / (double)StepsPerDay));
        var bound = MeanAt(step) + (table.At(quantile) * Scales[(int)table.Scale][step - 1] * beyondDay);
        return IsNonNegative ? Math.Max(0, bound) : bound;
    }

    /// <summary>
    /// The value that the maximum of the load over the next steps stays below with the given probability: what must be
    /// there when instances that are asked for now have started.
    /// </summary>
    /// <exception cref="ArgumentException">The calibration was not made for that many steps.</exception>
    public double MaximumOver(int steps, double quantile)
    {
        Check(quantile);
        var lead = Calibration.Leads.FirstOrDefault(each => each.Steps == steps)
            ?? throw new ArgumentException($"not calibrated for {steps} steps", nameof(steps));
        var (mean, scale) = (double.NegativeInfinity, 0d);
        for (var step = Seen + 1; step <= Seen + steps; step++)
        {
            mean = Math.Max(mean, MeanAt(step));
            scale = Math.Max(scale, Scales[(int)lead.Errors.Scale][step - 1]);
        }

        var bound = mean + (lead.Errors.At(quantile) * scale);
        return IsNonNegative ? Math.Max(0, bound) : bound;
    }

    private int Ahead(int step) => step > Seen && step <= Horizon
        ? step - Seen
        : throw new ArgumentOutOfRangeException(nameof(step), step, $"expected a step from {Seen + 1} to {Horizon}");

    private static void Check(double quantile)
    {
        if (!(quantile > 0 && quantile < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "expected a number between 0 and 1");
        }
    }
}
