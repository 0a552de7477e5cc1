using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>What one rule says about one target.</summary>
public sealed record Advice
{
    /// <summary>Instances wanted; the current count when the rule wants no change.</summary>
    public required int Desired { get; init; }

    /// <summary>Whether the data proves that fewer instances would do. One rule without proof stops every lowering.</summary>
    public required bool AllowsScaleIn { get; init; }

    /// <summary>Whether the rule had anything to go by.</summary>
    public bool IsBlind { get; init; }

    public required ScalingReason Reason { get; init; }

    public ScalingCounterfactual? Counterfactual { get; init; }

    /// <summary>What the rule would see on fewer instances; absent when it has no data.</summary>
    public LoadProjection? Projection { get; init; }

    /// <summary>A signal that proves nothing keeps what there is.</summary>
    public static Advice Blind(string signal, string doubt, int current) => new()
    {
        Desired = current,
        AllowsScaleIn = false,
        IsBlind = true,
        Reason = new ScalingReason.InDoubt(signal, doubt),
    };

    /// <summary>The same for a reading that is no number.</summary>
    public static Advice Blind(SignalReading reading, int current) => reading switch
    {
        SignalReading.Missing missing => Blind(missing.Signal, missing.Reason, current),
        SignalReading.Stale stale => Blind(stale.Signal, $"newest sample is {stale.Age.TotalMinutes:0} min old", current),
        SignalReading.SuspiciousZero zero => Blind(zero.Signal, $"exactly zero, busy at {zero.BusyAt:HH:mm}", current),
        _ => throw new ArgumentOutOfRangeException(nameof(reading)),
    };
}
