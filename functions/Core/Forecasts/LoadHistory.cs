namespace ScaleFunctions.Core.Forecasts;

/// <summary>What is known of a load on a regular grid, without holes, up to a point in time.</summary>
public sealed record LoadHistory
{
    /// <summary>Fewer values than this show neither a level nor its noise.</summary>
    public const int LeastPoints = 8;

    public LoadHistory(DateTimeOffset end, TimeSpan step, double[] values)
    {
        if (step <= TimeSpan.Zero || TimeSpan.FromDays(1).Ticks % step.Ticks != 0)
        {
            throw new ArgumentException($"a step of {step} does not divide a day", nameof(step));
        }

        if (values.Length < LeastPoints || !Array.TrueForAll(values, double.IsFinite))
        {
            throw new ArgumentException($"at least {LeastPoints} finite values are needed", nameof(values));
        }

        (End, Step, Values) = (end, step, values);
    }

    /// <summary>End of the last step; nothing at or after it is known.</summary>
    public DateTimeOffset End { get; }

    public TimeSpan Step { get; }

    /// <summary>The load in each step, oldest first, in the unit of the load.</summary>
    public double[] Values { get; }

    /// <summary>How many of the values were missing and filled in.</summary>
    public int Filled { get; init; }

    /// <summary>How many of the values stood alone, far from everything around them, and were pulled back.</summary>
    public int PulledBack { get; init; }

    /// <summary>How many of the values lay before a lasting step of the load and were brought to its new level.</summary>
    public int Rescaled { get; init; }

    public int StepsPerDay => (int)(TimeSpan.FromDays(1).Ticks / Step.Ticks);
}
