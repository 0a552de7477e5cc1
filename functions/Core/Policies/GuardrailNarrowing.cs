namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Narrows policies to the guardrails that bound their workload. The strictest counts where several do. It happens as the
/// files are read, so that nothing later can forget it.
/// </summary>
internal sealed class GuardrailNarrowing
{
    private readonly IReadOnlyList<GuardrailsPolicy> _guardrails;
    private readonly List<PolicyNarrowing> _narrowings = [];
    private readonly List<PolicyError> _errors = [];

    private GuardrailNarrowing(IReadOnlyList<GuardrailsPolicy> guardrails) => _guardrails = guardrails;

    public static PolicySet Apply(PolicySet set)
    {
        var narrowing = new GuardrailNarrowing(set.Guardrails);
        return set with
        {
            Workloads = [.. set.Workloads.Select(narrowing.Narrow)],
            HorizontalScaling = [.. set.HorizontalScaling.Where(policy => narrowing.Allows(HorizontalScalingBinding.Kind, policy.Workload, policy.Source)).Select(narrowing.Narrow).OfType<HorizontalScalingPolicy>()],
            LoadBasedScaling = [.. set.LoadBasedScaling.Where(policy => narrowing.Allows(LoadBasedScalingBinding.Kind, policy.Workload, policy.Source))],
            PredictiveScaling = [.. set.PredictiveScaling.Where(policy => narrowing.Allows(PredictiveScalingBinding.Kind, policy.Workload, policy.Source)).Select(narrowing.Narrow)],
            VerticalScaling = [.. set.VerticalScaling.Where(policy => narrowing.Allows(VerticalScalingBinding.Kind, policy.Workload, policy.Source))],
            ResourceRightsizing = [.. set.ResourceRightsizing.Where(policy => narrowing.Allows(ResourceRightsizingBinding.Kind, policy.Workload, policy.Source))],
            UsageOptimization = [.. set.UsageOptimization.Where(policy => narrowing.Allows(UsageOptimizationBinding.Kind, policy.Workload, policy.Source))],
            Narrowings = narrowing._narrowings,
            Errors = [.. set.Errors, .. narrowing._errors],
        };
    }

    private bool Allows(string kind, string workload, PolicySource source)
    {
        var refusing = _guardrails.FirstOrDefault(each => each.Bounds(workload) && each.Kinds is { } kinds && !kinds.Contains(kind));
        if (refusing is null)
        {
            return true;
        }

        _errors.Add(new PolicyError(source,
            $"the guardrails at {refusing.Source} allow the workload '{workload}' no {kind} policy (allowed: {Quoted.List(refusing.Kinds!)}); this one is not used"));
        return false;
    }

    private WorkloadPolicy Narrow(WorkloadPolicy policy)
    {
        var by = _guardrails.FirstOrDefault(each => each.Bounds(policy.Name) && each.Mode == PolicyMode.Observe);
        if (by is null || policy.Mode == PolicyMode.Observe)
        {
            return policy;
        }

        var told = Tell(WorkloadBinding.Kind, policy.Name, policy.Origins, policy.Source, "spec.mode", "act", "observe", by, "spec.mode");
        return policy with { Mode = PolicyMode.Observe, Narrowings = [told] };
    }

    /// <summary>Null when nothing is left between the policy's own minimum and the platform's maximum.</summary>
    private HorizontalScalingPolicy? Narrow(HorizontalScalingPolicy policy)
    {
        List<PolicyNarrowing> told = [];
        var (by, ceiling) = Strictest(policy.Workload, each => each.MaximumInstances);
        var narrowed = policy with { Ceiling = ceiling };
        if (by is not null && ceiling is { } maximum && maximum < policy.Maximum)
        {
            if (policy.Minimum > maximum)
            {
                _errors.Add(new PolicyError(
                    policy.Origins.Of("spec.instances.minimum") ?? policy.Source,
                    $"'spec.instances.minimum' is {policy.Minimum}, above the platform's maximum of {maximum} at {by.Origins.Of("spec.maximumInstances") ?? by.Source}; this policy is not used"));
                return null;
            }

            told.Add(TellMaximum("spec.instances.maximum", policy.Maximum));
            narrowed = narrowed with { Maximum = maximum };
            if (policy.WhenBlind > maximum)
            {
                told.Add(TellMaximum("spec.instances.whenBlind", policy.WhenBlind.Value));
                narrowed = narrowed with { WhenBlind = maximum };
            }

            foreach (var (floor, index) in policy.Floors.Select((floor, index) => (floor, index)).Where(each => each.floor.Minimum > maximum))
            {
                told.Add(TellMaximum($"spec.floors[{index}].minimum", floor.Minimum));
            }

            narrowed = narrowed with { Floors = [.. policy.Floors.Select(floor => floor with { Minimum = Math.Min(floor.Minimum, maximum) })] };

            PolicyNarrowing TellMaximum(string path, int said) =>
                Tell(HorizontalScalingBinding.Kind, policy.Name, policy.Origins, policy.Source, path, $"{said}", $"{maximum}", by, "spec.maximumInstances");
        }

        if (Strictest(policy.Workload, each => each.MaxActionsPerDay) is ({ } limiting, { } actions) && !(policy.MaxActionsPerDay <= actions))
        {
            told.Add(Tell(
                HorizontalScalingBinding.Kind, policy.Name, policy.Origins, policy.Source, "spec.maxActionsPerDay",
                policy.MaxActionsPerDay is { } said ? $"{said}" : "not limited", $"{actions}", limiting, "spec.maxActionsPerDay"));
            narrowed = narrowed with { MaxActionsPerDay = actions };
        }

        return narrowed with { Narrowings = told };
    }

    private PredictiveScalingPolicy Narrow(PredictiveScalingPolicy policy)
    {
        if (Strictest(policy.Workload, each => each.MaximumInstances) is not ({ } by, { } ceiling) || !(policy.RaisedMaximum > ceiling))
        {
            return policy;
        }

        var told = Tell(
            PredictiveScalingBinding.Kind, policy.Name, policy.Origins, policy.Source, "spec.raiseMaximumTo",
            $"{policy.RaisedMaximum}", $"{ceiling}", by, "spec.maximumInstances");
        return policy with { RaisedMaximum = ceiling, Narrowings = [told] };
    }

    private (GuardrailsPolicy? By, int? Bound) Strictest(string workload, Func<GuardrailsPolicy, int?> bound)
    {
        var by = _guardrails.Where(each => each.Bounds(workload) && bound(each) is not null).MinBy(each => bound(each));
        return (by, by is null ? null : bound(by));
    }

    private PolicyNarrowing Tell(
        string kind, string name, PolicyOrigins origins, PolicySource source, string path, string said, string bound, GuardrailsPolicy by, string byPath)
    {
        var told = new PolicyNarrowing(kind, name, path, said, bound, origins.Of(path) ?? source, by.Origins.Of(byPath) ?? by.Source);
        _narrowings.Add(told);
        return told;
    }
}
