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

    /// <summary>Why findings on these terms are told only, for people; null where they are carried out in the window.</summary>
    public static string? WhyNotActed(TargetPolicies resolved, ResourceRightsizingPolicy policy) => (resolved, policy.Mode) switch
    {
        (_, SizeMode.Recommend) => "the policy has 'mode: recommend'",
        _ when policy.Guard is null => "the policy has no 'guard', so nothing would tell that a smaller size makes requests slow or fail",
        (TargetPolicies.Resolved { Vertical: { } vertical }, _) => $"VerticalScaling '{vertical.Name}' changes the size, and two would pull at it",
        (TargetPolicies.Resolved { Workload.Mode: PolicyMode.Observe }, _) => "the workload only observes",
        (TargetPolicies.Resolved, _) => null,
        _ => "no single workload with bounds selects it",
    };

    public static RightsizingPolicies Of(PolicySet set, ObservedTarget target)
    {
        var policies = set.Of(target);
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
