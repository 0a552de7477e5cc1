using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>What a policy set says about one target.</summary>
public abstract record TargetPolicies
{
    private TargetPolicies()
    {
    }

    /// <summary>Nothing is asked for this target; the reason says why.</summary>
    public sealed record None(string Reason) : TargetPolicies;

    /// <summary>One workload selects the target and its bounds are known; without a load-based policy only those are kept.</summary>
    public sealed record Resolved(WorkloadPolicy Workload, HorizontalScalingPolicy Horizontal, LoadBasedScalingPolicy? LoadBased)
        : TargetPolicies
    {
        /// <summary>Absent when nothing is scaled ahead of the load.</summary>
        public PredictiveScalingPolicy? Predictive { get; init; }

        /// <summary>Absent when the size is left as it is.</summary>
        public VerticalScalingPolicy? Vertical { get; init; }

        /// <summary>Absent when no size is recommended.</summary>
        public ResourceRightsizingPolicy? Rightsizing { get; init; }

        /// <summary>Absent when it is not put off.</summary>
        public UsageOptimizationPolicy? Usage { get; init; }

        /// <summary>Absent when nothing is told of what stands about.</summary>
        public UsageFindingsPolicy? Findings { get; init; }

        /// <summary>The kind of the target, where a policy declares it; absent for kinds that are built in.</summary>
        public ResourceKindPolicy? Declared { get; init; }

        /// <summary>Whether Azure's own autoscale sets the count of the target, and we its floor only.</summary>
        public bool IsSteered(ObservedTarget target) => Workload.Actuator != Actuator.Direct && target.Native is not null;

        /// <summary>Times in which changes are held back, of every calendar that concerns the workload.</summary>
        public IReadOnlyList<Freeze> Freezes { get; init; } = [];

        /// <summary>The guardrails that bound the workload.</summary>
        public IReadOnlyList<GuardrailsPolicy> Guardrails { get; init; } = [];

        /// <summary>Hash of the set that says so; empty where nobody named one.</summary>
        public string Version { get; init; } = "";
    }

    /// <summary>Several workloads claim the target. Choosing one would be a guess, so none applies.</summary>
    public sealed record Conflict(string Message) : TargetPolicies;

    internal static TargetPolicies Resolve(PolicySet policies, ObservedTarget target) => Choose(policies, target) switch
    {
        Resolved resolved => resolved with { Declared = policies.ResourceKinds.FirstOrDefault(kind => kind.IsOf(target.Id.ResourceType)), Version = policies.Version },
        var other => other,
    };

    private static TargetPolicies Choose(PolicySet policies, ObservedTarget target)
    {
        var workloads = policies.Workloads.Where(workload => workload.Select.Selects(target)).ToList();
        return workloads switch
        {
            [] => new None($"no workload selects it{NotRead(policies, target)}"),
            [var only] => Bounded(policies, Resolve(policies, only)),
            _ => MostSpecific(policies, workloads) is { } chosen ? Bounded(policies, chosen) : new Conflict(
                $"selected by {workloads.Count} workloads ({string.Join(", ", workloads.Select(each => $"'{each.Name}' at {each.Source}"))}); "
                + "narrow 'spec.select' so that one of them remains, or let the policies of one extend those of the other"),
        };
    }

    /// <summary>What could not be read and may be why.</summary>
    private static string NotRead(PolicySet policies, ObservedTarget target) => (target.Tags, target.ManagementGroups) switch
    {
        (TargetTags.Unknown unknown, _) => $"; its tags could not be read: {unknown.Reason}",
        (_, ManagementGroups.Unread unread) when policies.Workloads.Any(workload => workload.Select.AsksForManagementGroup) =>
            $"; its management groups could not be read: {unread.Reason}",
        _ => "",
    };

    /// <summary>What holds for a workload, whichever target it may select.</summary>
    internal static TargetPolicies Resolve(PolicySet policies, string workload) =>
        policies.Workloads.FirstOrDefault(each => each.Name == workload) is { } found
            ? Bounded(policies, Resolve(policies, found))
            : new None($"there is no workload '{workload}'");

    /// <summary>With what the platform says about the workload.</summary>
    private static TargetPolicies Bounded(PolicySet policies, TargetPolicies found) => found is Resolved resolved
        ? resolved with
        {
            Guardrails = [.. policies.Guardrails.Where(guardrails => guardrails.Bounds(resolved.Workload.Name))],
            Freezes = [.. policies.ChangeCalendars.Where(calendar => calendar.Holds(resolved.Workload.Name)).SelectMany(calendar => calendar.Freezes)],
        }
        : found;

    private static TargetPolicies Resolve(PolicySet policies, WorkloadPolicy workload)
    {
        var horizontal = policies.HorizontalScaling.FirstOrDefault(policy => policy.Workload == workload.Name);
        return horizontal is null
            ? new None($"the workload '{workload.Name}' selects it but has no valid HorizontalScaling policy, so its bounds are unknown")
            : new Resolved(workload, horizontal, policies.LoadBasedScaling.FirstOrDefault(policy => policy.Workload == workload.Name))
            {
                Predictive = policies.PredictiveScaling.FirstOrDefault(policy => policy.Workload == workload.Name),
                Vertical = policies.VerticalScaling.FirstOrDefault(policy => policy.Workload == workload.Name),
                Rightsizing = policies.ResourceRightsizing.FirstOrDefault(policy => policy.Workload == workload.Name),
                Usage = policies.UsageOptimization.FirstOrDefault(policy => policy.Workload == workload.Name),
                Findings = policies.UsageFindings.FirstOrDefault(policy => policy.Workload == workload.Name),
            };
    }

    /// <summary>
    /// Of several workloads the one whose policy extends those of the others. Load-based policies follow the same rule among
    /// themselves, and so do predictive ones. Null when nothing says which of them counts.
    /// </summary>
    private static Resolved? MostSpecific(PolicySet policies, List<WorkloadPolicy> workloads)
    {
        var horizontal = workloads
            .Select(workload => policies.HorizontalScaling.FirstOrDefault(policy => policy.Workload == workload.Name))
            .OfType<HorizontalScalingPolicy>()
            .ToList();
        var chosen = horizontal.FirstOrDefault(policy => horizontal.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)));
        var loadBased = policies.LoadBasedScaling.Where(policy => workloads.Exists(workload => workload.Name == policy.Workload)).ToList();
        var followed = loadBased.FirstOrDefault(policy => loadBased.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)));
        var predictive = policies.PredictiveScaling.Where(policy => workloads.Exists(workload => workload.Name == policy.Workload)).ToList();
        var forecast = predictive.FirstOrDefault(policy => predictive.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)));
        var vertical = policies.VerticalScaling.Where(policy => workloads.Exists(workload => workload.Name == policy.Workload)).ToList();
        var sized = vertical.FirstOrDefault(policy => vertical.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)));
        return chosen is null || horizontal.Count < workloads.Count || (followed is null && loadBased.Count > 0) || (forecast is null && predictive.Count > 0)
            || (sized is null && vertical.Count > 0)
            ? null
            : new Resolved(workloads.First(workload => workload.Name == chosen.Workload), chosen, followed)
            {
                Predictive = forecast,
                Vertical = sized,
                Rightsizing = policies.ResourceRightsizing.Where(policy => workloads.Exists(workload => workload.Name == policy.Workload)).ToList() is var asking
                    ? asking.Find(policy => asking.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)))
                    : null,
                Usage = policies.UsageOptimization.Where(policy => workloads.Exists(workload => workload.Name == policy.Workload)).ToList() is var resting
                    ? resting.Find(policy => resting.TrueForAll(other => other == policy || policy.Extends.Contains(other.Name)))
                    : null,
                Findings = policies.UsageFindings.FirstOrDefault(policy => policy.Workload == chosen.Workload),
            };
    }
}
