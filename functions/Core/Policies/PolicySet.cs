using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>Everything the owner wants, as read from the policy files.</summary>
public sealed record PolicySet
{
    public IReadOnlyList<WorkloadPolicy> Workloads { get; init; } = [];

    public IReadOnlyList<HorizontalScalingPolicy> HorizontalScaling { get; init; } = [];

    public IReadOnlyList<LoadBasedScalingPolicy> LoadBasedScaling { get; init; } = [];

    public IReadOnlyList<PredictiveScalingPolicy> PredictiveScaling { get; init; } = [];

    public IReadOnlyList<VerticalScalingPolicy> VerticalScaling { get; init; } = [];

    public IReadOnlyList<ResourceRightsizingPolicy> ResourceRightsizing { get; init; } = [];

    public IReadOnlyList<UsageOptimizationPolicy> UsageOptimization { get; init; } = [];

    /// <summary>Of which resources it is told that they stand about.</summary>
    public IReadOnlyList<UsageFindingsPolicy> UsageFindings { get; init; } = [];

    public IReadOnlyList<CostMonitoringPolicy> CostMonitoring { get; init; } = [];

    /// <summary>What may be spent, and what is done when it will not do.</summary>
    public IReadOnlyList<BudgetAlertsPolicy> BudgetAlerts { get; init; } = [];

    /// <summary>Where people are told.</summary>
    public IReadOnlyList<AlertChannelsPolicy> AlertChannels { get; init; } = [];

    public IReadOnlyList<GuardrailsPolicy> Guardrails { get; init; } = [];

    public IReadOnlyList<ChangeCalendarPolicy> ChangeCalendars { get; init; } = [];

    /// <summary>Kinds of resources beside those that are built in.</summary>
    public IReadOnlyList<ResourceKindPolicy> ResourceKinds { get; init; } = [];

    /// <summary>Cases that stand beside the policies; they decide nothing.</summary>
    public IReadOnlyList<PolicyTest> Tests { get; init; } = [];

    /// <summary>What guardrails made smaller. No error: the policies hold, within the platform's bounds.</summary>
    public IReadOnlyList<PolicyNarrowing> Narrowings { get; init; } = [];

    /// <summary>How many policies it holds, of every kind but the cases that decide nothing.</summary>
    public int Count =>
        Workloads.Count + HorizontalScaling.Count + LoadBasedScaling.Count + PredictiveScaling.Count + VerticalScaling.Count + ResourceRightsizing.Count
        + UsageOptimization.Count + CostMonitoring.Count + BudgetAlerts.Count + AlertChannels.Count + Guardrails.Count + ChangeCalendars.Count + ResourceKinds.Count;

    /// <summary>What was wrong. A document with an error is not part of the set; the others are.</summary>
    public IReadOnlyList<PolicyError> Errors { get; init; } = [];

    /// <summary>Whether guardrails or a change calendar could not be read, so that every workload only observes.</summary>
    public bool AreBoundsLost { get; init; }

    /// <summary>SHA-256 over the files' names and contents, hexadecimal: names the set in the journal.</summary>
    public required string Version { get; init; }

    /// <summary>A changed set that counts for some resources already; absent when this one counts for all.</summary>
    public RingedPolicies? Rollout { get; init; }

    /// <summary>In which order a changed set comes to count; absent when it counts for all at once.</summary>
    public PolicyRings? Rings => Guardrails.Select(guardrails => guardrails.Rollout).FirstOrDefault(rings => rings is not null);

    /// <summary>What holds for the whole fleet: this set, without the one that is rolled out.</summary>
    public PolicySet Whole => Rollout is null ? this : this with { Rollout = null };

    /// <summary>All sets that decide on any target.</summary>
    public IReadOnlyList<PolicySet> Deciding => Rollout is { } rings ? [this, rings.Next] : [this];

    /// <summary>What the policies say about one target.</summary>
    public TargetPolicies For(ObservedTarget target) =>
        Rollout is { } rings && rings.Reaches(target) ? rings.For(this, target) : TargetPolicies.Resolve(this, target);

    /// <summary>The set that decides on a target.</summary>
    public PolicySet Of(ObservedTarget target) => Rollout is { } rings && rings.Reaches(target) ? rings.Next : this;

    /// <summary>What they say about a workload, whichever target it may select.</summary>
    public TargetPolicies For(string workload) => TargetPolicies.Resolve(this, workload);
}
