using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

internal static class PolicyResolution
{
    public static TargetPolicies For(this PolicySet policies, ObservedTarget target)
    {
        var workloads = policies.Workloads.Where(workload => workload.Select.Selects(target)).ToList();
        if (workloads.Count != 1)
        {
            return workloads.Count == 0 ? new TargetPolicies.None() : new TargetPolicies.Conflict("several workloads");
        }

        var horizontal = policies.HorizontalScaling.FirstOrDefault(policy => policy.Workload == workloads[0].Name);
        return horizontal is null
            ? new TargetPolicies.None()
            : new TargetPolicies.Resolved(
                workloads[0], horizontal, policies.LoadBasedScaling.FirstOrDefault(policy => policy.Workload == workloads[0].Name));
    }
}
