namespace ScaleFunctions.Core.Forecasts.Schedules;

/// <summary>
/// What is forecast for one target over the next day. It is written by the refresh of the forecasts; decisions only look it
/// up, so that a forecast costs a tick nothing, and stops counting by itself when nobody renews it.
/// </summary>
public sealed record PredictiveSchedule
{
    /// <summary>Distance of the steps: about what an instance takes to start.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>The signal whose load is forecast.</summary>
    public required string Signal { get; init; }

    /// <summary>The size of the instances whose load it is; absent where the signal is not of each instance.</summary>
    public string? Size { get; init; }

    /// <summary>The model that made it.</summary>
    public required string Model { get; init; }

    /// <summary>Probability that the load stays below the upper end of a step, between 0 and 1.</summary>
    public required double Quantile { get; init; }

    /// <summary>Load that one instance carries before more are asked for: the target of the signal and its tolerance.</summary>
    public required double LoadPerInstance { get; init; }

    /// <summary>Time from asking for an instance until it serves.</summary>
    public required TimeSpan Lead { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>From then on it does not count.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why it is shown only and raises nothing; empty when it acts.</summary>
    public string ForecastOnly { get; init; } = "";

    /// <summary>In ascending order, one step apart.</summary>
    public IReadOnlyList<PredictedStep> Steps { get => field ?? []; init; } = [];

    /// <summary>The step with the highest load between two times; null when the schedule says nothing of them.</summary>
    public PredictedStep? Highest(DateTimeOffset from, DateTimeOffset to)
    {
        PredictedStep? highest = null;
        foreach (var step in Steps)
        {
            if (step.At + Step > from && step.At < to && step.Upper > (highest?.Upper ?? double.NegativeInfinity))
            {
                highest = step;
            }
        }

        return highest;
    }
}
