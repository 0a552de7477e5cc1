namespace ScaleFunctions.Core.Policies;

/// <summary>What the policies say of one target.</summary>
public abstract record TargetPolicies
{
    private TargetPolicies()
    {
    }

    /// <summary>No workload selects it.</summary>
    public sealed record None : TargetPolicies;

    public sealed record Resolved(
        WorkloadPolicy Workload, HorizontalScalingPolicy Horizontal, LoadBasedScalingPolicy? LoadBased) : TargetPolicies;

    /// <summary>The policies contradict each other; nothing is done.</summary>
    public sealed record Conflict(string Message) : TargetPolicies;
}
