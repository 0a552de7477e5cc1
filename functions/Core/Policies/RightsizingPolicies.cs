using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>What a policy set says about the size of one target.</summary>
public abstract record RightsizingPolicies
{
    private RightsizingPolicies()
    {
    }

    /// <summary>Nobody asks for it.</summary>
    public sealed record None : RightsizingPolicies;

    /// <param name="Policy">What is asked for.</param>
    /// <param name="Horizontal">The bounds of its count; absent when no policy has any.</param>
    /// <param name="IsScaled">Whether the workload is scaled by load.</param>
    /// <param name="Guardrails">The platform's bounds.</param>
    public sealed record Found(ResourceRightsizingPolicy Policy, HorizontalScalingPolicy? Horizontal, bool IsScaled, IReadOnlyList<GuardrailsPolicy> Guardrails) : RightsizingPolicies;

    /// <summary>Several ask for it, and nothing says which of them counts.</summary>
    public sealed record Conflict(string Message) : RightsizingPolicies;

    public static RightsizingPolicies Of(PolicySet policies, ObservedTarget target)
    {
        var asking = policies.Workloads.Where(workload => workload.Select.Selects(target))
            .Select(workload => policies.ResourceRightsizing.FirstOrDefault(policy => policy.Workload == workload.Name))
            .OfType<ResourceRightsizingPolicy>().ToList();
        var chosen = asking.Find(policy => asking.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)));
        return asking.Count == 0 ? new None()
            : chosen is null ? new Conflict($"selected by several ResourceRightsizing policies ({string.Join(", ", asking.Select(each => $"'{each.Name}' at {each.Source}"))}), and none extends the others")
            : new Found(
                chosen, policies.HorizontalScaling.FirstOrDefault(policy => policy.Workload == chosen.Workload),
                policies.Workloads.Any(workload => workload.Name == chosen.Workload && workload.Mode == PolicyMode.Act) && policies.LoadBasedScaling.Any(policy => policy.Workload == chosen.Workload),
                [.. policies.Guardrails.Where(guardrails => guardrails.Bounds(chosen.Workload))]);
    }
}
