namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>How many instances are wanted, and why.</summary>
public sealed record ScalingDecision
{
    public required int Current { get; init; }

    /// <summary>Before stabilization: what is remembered for later stabilization windows.</summary>
    public required int Wanted { get; init; }

    public required int Desired { get; init; }

    public required ScalingReason Reason { get; init; }

    /// <summary>What would have changed the decision, for each signal that could be read.</summary>
    public IReadOnlyList<ScalingCounterfactual> Counterfactuals { get; init; } = [];

    /// <summary>What the rules would see on fewer instances.</summary>
    public IReadOnlyList<LoadProjection> Projections { get; init; } = [];

    /// <summary>Whether every rule has proof that fewer instances would do.</summary>
    public required bool AllowsScaleIn { get; init; }
}
