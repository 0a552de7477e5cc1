namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>Predicts a per-instance signal on another count: the load stays, the instances that share it change.</summary>
/// <param name="Signal">Name of the signal.</param>
/// <param name="Load">What all instances together carry, silent ones counted as fully used.</param>
/// <param name="OutAbove">The value above which the rule would scale out again.</param>
public sealed record LoadProjection(string Signal, double Load, double OutAbove)
{
    /// <summary>What may be lost, so that only the rest counts.</summary>
    public LossToSurvive Loss { get; init; } = LossToSurvive.Nothing;

    /// <summary>The signal on another count.</summary>
    public double On(int instances) => Load / Loss.Survivors(instances);

    public bool WouldScaleOutAt(int instances) => On(instances) > OutAbove;
}
