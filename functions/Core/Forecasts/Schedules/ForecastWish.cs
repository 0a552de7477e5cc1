namespace ScaleFunctions.Core.Forecasts.Schedules;

/// <summary>What a policy wants of the forecasts of one target.</summary>
public sealed record ForecastWish
{
    /// <summary>The signal whose load is forecast.</summary>
    public required string Signal { get; init; }

    /// <summary>Load that one instance carries before more are asked for: the target of the signal and its tolerance.</summary>
    public required double LoadPerInstance { get; init; }

    /// <summary>Probability that the load stays below what is prepared for.</summary>
    public required double Quantile { get; init; }

    /// <summary>Time from asking for an instance until it serves.</summary>
    public required TimeSpan Lead { get; init; }

    /// <summary>Whether a time is on a day that is not like others: nothing is learned of it, and nothing raised in it.</summary>
    public Func<DateTimeOffset, bool> IsDayOff { get; init; } = _ => false;

    /// <summary>Whether the policy lets the forecast act.</summary>
    public required bool MayAct { get; init; }
}
