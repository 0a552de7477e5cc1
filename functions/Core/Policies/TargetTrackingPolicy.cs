namespace ScaleFunctions.Core.Policies;

/// <summary>Keep a signal at a value.</summary>
public sealed record TargetTrackingPolicy
{
    /// <summary>Name of a signal of the same policy.</summary>
    public required string Signal { get; init; }

    /// <summary>The value to keep, in the unit of the metric.</summary>
    public required double Target { get; init; }

    /// <summary>Share of the target by which the signal may exceed it before scaling out; 0.1 is the HPA's default.</summary>
    public double ToleranceOut { get; init; } = 0.1;

    /// <summary>Share of the target by which the signal may fall short of it before scaling in.</summary>
    public double ToleranceIn { get; init; } = 0.1;
}
