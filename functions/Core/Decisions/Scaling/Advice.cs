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
}
