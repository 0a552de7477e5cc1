using System.Globalization;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>Lists everything in force for a target after merging, each value with its origin.</summary>
public static class EffectivePolicies
{
    internal const string None = "none";

    public static IReadOnlyList<EffectiveValue> Of(TargetPolicies.Resolved policies) =>
    [
        .. Of(policies.Workload),
        .. Of(policies.Horizontal),
        .. policies.LoadBased is { } loadBased ? Of(loadBased) : [],
        .. policies.Predictive is { } predictive ? Of(predictive, policies.LoadBased) : [],
        .. policies.Vertical is { } vertical ? EffectiveSizes.Of(vertical) : [],
        .. policies.Rightsizing is { } rightsizing ? EffectiveSizes.Of(rightsizing, RightsizingPolicies.WhyNotActed(policies, rightsizing) is { } why ? $"recommended only: {why}" : "") : [],
        .. policies.Usage is { } usage ? EffectiveUsage.Of(usage) : [],
        .. policies.Findings is { } findings ? EffectiveFindings.Of(findings) : [],
        .. policies.Declared is { } kind ? Of(kind) : [],
        .. policies.Guardrails.SelectMany(Of),
        .. policies.Freezes.Select(Of),
    ];

    /// <summary>The kinds of resources that policies declare, whichever target is of them.</summary>
    public static IReadOnlyList<EffectiveValue> OfKinds(PolicySet policies) => [.. policies.ResourceKinds.SelectMany(Of)];

    private static IEnumerable<EffectiveValue> Of(ResourceKindPolicy policy)
    {
        yield return Value("spec.type", policy.ResourceType);
        yield return Value("spec.apiVersion", policy.ApiVersion);
        yield return Value("spec.capacity", policy.CapacityPath);
        yield return Value("spec.write", policy.Verb == DeclaredVerb.Patch ? "PATCH" : "PUT");
        yield return Value("spec.minimum", $"{policy.Bounds.Minimum}");
        yield return Value("spec.maximum", $"{policy.Bounds.Maximum}");

        EffectiveValue Value(string path, string value) => new(ResourceKindBinding.Kind, policy.Name, path, value, policy.Origins.Of(path), "");
    }

    /// <summary>What guardrails say of places and of the fleet; their bounds on single policies stand with those.</summary>
    private static IEnumerable<EffectiveValue> Of(GuardrailsPolicy policy)
    {
        if (policy.Skus is { } skus)
        {
            yield return Value("spec.skus", string.Join(", ", skus));
        }

        if (policy.Regions is { } regions)
        {
            yield return Value("spec.regions", string.Join(", ", regions));
        }

        if (policy.ResourceKinds is { } kinds)
        {
            yield return Value("spec.resourceKinds", string.Join(", ", kinds));
        }

        if (policy.MaxLoweredPercentPerHour is { } percent)
        {
            yield return Value("spec.maxLoweredPercentPerHour", $"{percent}");
        }

        if (policy.Fleet?.MaximumInstances is { } instances)
        {
            yield return Value("spec.fleet.maximumInstances", $"{instances}");
        }

        if (policy.Fleet?.SpendPerHour is { } spend && policy.Prices is { } prices)
        {
            yield return Value("spec.fleet.spendPerHour", string.Create(CultureInfo.InvariantCulture, $"{spend} {prices.Currency}, at {(prices.PerHour.Count > 0 ? $"prices of {prices.AsOf:yyyy-MM-dd}" : "Azure's retail prices")}"));
        }

        if (policy.Rollout is { } rollout)
        {
            yield return Value("spec.rollout", string.Join(", ", rollout.Rings.Select(ring => $"{ring.Name} ({ring.Who}, {DurationText.Of(ring.Soak)})").Append(RingsBinding.All))) with { Origin = rollout.Source };
        }

        EffectiveValue Value(string path, string value) =>
            new(GuardrailsBinding.Kind, policy.Name, path, value, policy.Origins.Of(path) ?? policy.Origins.Of($"{path}[0]") ?? policy.Source, "");
    }

    private static EffectiveValue Of(Freeze freeze) => new(
        ChangeCalendarBinding.Kind,
        freeze.Calendar,
        "spec.freezes",
        $"{freeze.When.Window.Text} {freeze.When.Zone.Id}, {(freeze.Holds == FreezeScope.Everything ? "everything" : "scaling in")}",
        freeze.Source,
        freeze.BreakGlass is { } lifted
            ? $"{freeze.Reason}; lifted until {lifted.Until:yyyy-MM-dd HH:mm zzz} by {lifted.By}: {lifted.Reason}"
            : freeze.Reason);

    private static IEnumerable<EffectiveValue> Of(WorkloadPolicy policy)
    {
        yield return Value("spec.mode", policy.Mode == PolicyMode.Act ? "act" : "observe");
        yield return Value("spec.actuator", policy.Actuator.ToString().ToLowerInvariant());

        EffectiveValue Value(string path, string value) =>
            new(WorkloadBinding.Kind, policy.Name, path, value, policy.Origins.Of(path), Note(policy.Narrowings, path));
    }

    private static IEnumerable<EffectiveValue> Of(HorizontalScalingPolicy policy)
    {
        yield return Value("spec.instances.minimum", $"{policy.Minimum}");
        yield return Value("spec.instances.maximum", $"{policy.Maximum}");
        yield return Value("spec.instances.whenBlind", policy.WhenBlind is { } count ? $"{count}" : "hold");
        yield return Value("spec.instances.follow", policy.FollowsSchedule ? "schedule" : "load");
        yield return Value("spec.instances.surviveLossOf", policy.SurvivesLossOf.ToString().ToLowerInvariant());
        foreach (var (floor, index) in policy.Floors.Select((floor, index) => (floor, index)))
        {
            yield return Value($"spec.floors[{index}].when", $"{floor.When.Window.Text} {floor.When.Zone.Id}");
            yield return Value($"spec.floors[{index}].minimum", $"{floor.Minimum}");
        }

        yield return Value("spec.warmUp", DurationText.Of(policy.WarmUp));
        yield return Value("spec.maxActionsPerDay", policy.MaxActionsPerDay is { } actions ? $"{actions}" : None);
        foreach (var (path, value) in Of("spec.scaleOut", policy.ScaleOut).Concat(Of("spec.scaleIn", policy.ScaleIn)))
        {
            yield return Value(path, value);
        }

        EffectiveValue Value(string path, string value) =>
            new(HorizontalScalingBinding.Kind, policy.Name, path, value, policy.Origins.Of(path), Note(policy.Narrowings, path));
    }

    private static IEnumerable<(string Path, string Value)> Of(string path, DirectionBehavior direction)
    {
        yield return ($"{path}.stabilization", DurationText.Of(direction.Stabilization));
        yield return ($"{path}.cooldown", DurationText.Of(direction.Cooldown));
        if (direction.AtMost is not { } rate)
        {
            yield return ($"{path}.atMost", None);
            yield break;
        }

        if (rate.Percent is { } percent)
        {
            yield return ($"{path}.atMost.percent", Number(percent));
        }

        if (rate.Instances is { } instances)
        {
            yield return ($"{path}.atMost.instances", $"{instances}");
        }

        if (rate is { Percent: not null, Instances: not null })
        {
            yield return ($"{path}.atMost.choose", rate.Choose == RateChoice.Larger ? "larger" : "smaller");
        }

        yield return ($"{path}.atMost.per", DurationText.Of(rate.Per));
    }

    private static IEnumerable<EffectiveValue> Of(LoadBasedScalingPolicy policy)
    {
        foreach (var (signal, index) in policy.Signals.Select((signal, index) => (signal, index)))
        {
            var path = $"spec.signals[{index}]";
            yield return Value($"{path}.name", signal.Name);
            foreach (var (field, value) in Of(signal))
            {
                yield return Value($"{path}.{field}", value);
            }

            yield return Made($"{path}.missingData", $"{signal.MissingData}", policy.Origins.Of($"{path}.missingData") ?? policy.Origins.Of($"{path}.missingData.instances")
                ?? policy.Origins.Of("spec.missingData") ?? policy.Origins.Of("spec.missingData.instances"));
        }

        foreach (var (tracking, index) in policy.TargetTracking.Select((tracking, index) => (tracking, index)))
        {
            var path = $"spec.targetTracking[{index}]";
            yield return Value($"{path}.signal", tracking.Signal);
            yield return Value($"{path}.target", Number(tracking.Target));
            yield return Tolerance(path, "out", tracking.ToleranceOut);
            yield return Tolerance(path, "in", tracking.ToleranceIn);
        }

        foreach (var (step, index) in policy.Steps.Select((step, index) => (step, index)))
        {
            yield return Value($"spec.steps[{index}].signal", step.Above is { } above
                ? $"{step.Signal} above {Number(above)}: add {step.Change}"
                : $"{step.Signal} below {Number(step.Below!.Value)}: remove {step.Change}");
        }

        foreach (var (veto, index) in policy.Vetoes.Select((veto, index) => (veto, index)))
        {
            yield return Value($"spec.veto[{index}].signal", $"{veto.Signal} above {Number(veto.Above)}: nothing is scaled in");
        }

        EffectiveValue Value(string path, string value) => Made(path, value, policy.Origins.Of(path));

        EffectiveValue Tolerance(string path, string direction, double value) => Made(
            $"{path}.tolerance.{direction}",
            $"{Number(value * 100)}%",
            policy.Origins.Of($"{path}.tolerance.{direction}") ?? policy.Origins.Of($"spec.tolerance.{direction}"));

        EffectiveValue Made(string path, string value, PolicySource? origin) =>
            new(LoadBasedScalingBinding.Kind, policy.Name, path, value, origin, "");
    }

    private static IEnumerable<EffectiveValue> Of(PredictiveScalingPolicy policy, LoadBasedScalingPolicy? loadBased)
    {
        yield return Value("spec.mode", policy.Mode == PredictiveMode.Act ? "act" : "forecastOnly");
        yield return Value("spec.signal", policy.Tracked(loadBased)?.Signal ?? None);
        yield return Made("spec.risk", $"{policy.Risk.Text}: carries the load in {Number(100 * policy.Risk.Quantile)} of 100 cases",
            policy.Origins.Of("spec.risk") ?? policy.Origins.Of("spec.risk.quantile") ?? policy.Origins.Of("spec.risk.minutesShortPerMonth"));
        yield return Value("spec.lead", policy.Lead is { } lead ? DurationText.Of(lead) : "measured");
        yield return Value("spec.exceptOn", policy.DaysOff.Days.Count == 0 ? None : $"{policy.DaysOff.Days.Count} days by the clock of {policy.DaysOff.Zone.Id}");
        yield return Value("spec.raiseMaximumTo", policy.RaisedMaximum is { } maximum ? $"{maximum}" : "not raised");

        EffectiveValue Value(string path, string value) => Made(path, value, policy.Origins.Of(path));

        EffectiveValue Made(string path, string value, PolicySource? origin) =>
            new(PredictiveScalingBinding.Kind, policy.Name, path, value, origin, Note(policy.Narrowings, path));
    }

    private static IEnumerable<(string Field, string Value)> Of(SignalPolicy signal)
    {
        switch (signal.From)
        {
            case SignalSource.Metric metric:
                foreach (var each in Of(metric))
                {
                    yield return each;
                }

                break;
            case SignalSource.Calculated formula:
                yield return ("formula", formula.Text);
                break;
            case SignalSource.Queue queue:
                yield return ("queue", $"{queue}");
                break;
            case SignalSource.Query query:
                yield return ("query", query.Text.ReplaceLineEndings(" "));
                break;
        }

        yield return ("measures", signal.Measures == SignalMeasure.Total ? "total" : "perInstance");
        if (signal.From is not SignalSource.Calculated)
        {
            yield return ("window", DurationText.Of(signal.Window));
            yield return ("maximumAge", DurationText.Of(signal.MaximumAge));
            yield return ("zero", signal.IsZeroUsual ? "usual" : "suspicious");
        }

        yield return ("saturatedAt", signal.SaturatedAt is { } saturated ? Number(saturated) : "never");
    }

    private static IEnumerable<(string Field, string Value)> Of(SignalSource.Metric metric)
    {
        yield return ("metric", metric.Selector.Name);
        yield return ("aggregation", MetricSelector.Word(metric.Selector.Aggregation));
        foreach (var dimension in metric.Selector.Dimensions)
        {
            yield return ($"dimensions.{dimension.Name}", dimension.IsSplit ? "each value" : string.Join(" or ", dimension.Values));
        }

        if (metric.Selector.IsSplit)
        {
            yield return ("perInstance", $"{metric.Combination}");
        }

        if (!metric.IsOwn)
        {
            yield return ("resource", metric.Resource);
        }
    }

    private static string Note(IReadOnlyList<PolicyNarrowing> narrowings, string path) =>
        narrowings.FirstOrDefault(narrowing => narrowing.Path == path) is { } told ? $"the policy says {told.Said}; narrowed by {told.By}" : "";

    internal static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
