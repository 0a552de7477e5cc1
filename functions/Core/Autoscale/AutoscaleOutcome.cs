namespace ScaleFunctions.Core.Autoscale;

/// <summary>What one run of the engine comes to.</summary>
/// <param name="Case">Why.</param>
/// <param name="Count">Instances to have; those there are when nothing changes.</param>
/// <param name="Profile">The profile in force; absent when none is.</param>
public sealed record AutoscaleOutcome(AutoscaleCase Case, int Count, AutoscaleProfile? Profile)
{
    /// <summary>How long nothing is scaled afterwards; absent when no rule fired.</summary>
    public TimeSpan? Cooldown { get; init; }
}
