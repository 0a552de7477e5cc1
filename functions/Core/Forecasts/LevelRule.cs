namespace ScaleFunctions.Core.Forecasts;

/// <summary>How the errors since the last fit move the rest of its path, in constant time a value.</summary>
/// <param name="Gain">What share of a new error the level takes on, 0 to 1.</param>
/// <param name="Fading">What share of the level is left after a step, 0 to 1.</param>
public readonly record struct LevelRule(double Gain, double Fading)
{
    /// <summary>The level after a value whose forecast was off by <paramref name="error"/>.</summary>
    /// <param name="level">The level before.</param>
    /// <param name="error">Actual − path, without the level.</param>
    public double Next(double level, double error)
    {
        var expected = Fading * level;
        return expected + (Gain * (error - expected));
    }

    /// <summary>What the level adds to the path a number of steps ahead.</summary>
    public double After(double level, int steps) => level * Math.Pow(Fading, steps);
}
