using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: ResourceRightsizing</c> looks like.</summary>
internal static class ResourceRightsizingShapes
{
    internal sealed record ResourceRightsizing
    {
        [Description("Name of the workload. A policy without a workload is a base that others extend.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Workload { get; init; }

        [Description("Name of another such policy; what stands here goes before it.")]
        public string? Extends { get; init; }

        [Description("Days that use is looked at. Default: 14.")]
        [Range(ResourceRightsizingPolicy.FewestDays, ResourceRightsizingPolicy.MostDays)]
        public int? LookBackDays { get; init; }

        [Description("After this a value counts half, at least 1h. Default: 24h.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? HalfLife { get; init; }

        [Description("Percentile of the load that has to fit, 50 to 99.9. Default: that of the headroom.")]
        [Range(double.Epsilon, ResourceRightsizingBinding.HighestPercentile)]
        public double? Percentile { get; init; }

        [Description("What stays free: thrifty (P90, 0 % of processors, 10 % of memory), balanced (P95, 20 %, 20 %), strict (P99.5, 30 %, 30 %), or in shares. Default: balanced.")]
        public HeadroomShares? Headroom { get; init; }

        [Description("Percentiles between which nothing is changed. Default: 50 and 95.")]
        public Bounds? Bounds { get; init; }

        [Description("Sizes that may be recommended. Default: the family of the size there is.")]
        public Candidates? Candidates { get; init; }

        [Description("A change that saves less is not recommended. Default: 5 % of what the resource costs.")]
        public MinimumSaving? MinimumSaving { get; init; }

        [Description("Three capital letters, such as EUR. Default: USD.")]
        [RegularExpression("^[A-Z]{3}$")]
        public string? Currency { get; init; }

        [Description("What may be lost while the load is still carried. Default: instance.")]
        [AllowedValues("none", "instance", "zone")]
        public string? SurviveLossOf { get; init; }

        [Description("Time from a restart until an instance serves, at most 4h. Default: 5m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? BootTime { get; init; }

        [Description("Resources of which nothing is recommended for a while.")]
        public IReadOnlyList<SuppressionShape>? Suppress { get; init; }

        [Description("recommend: findings are kept and told; act: they are carried out in the window. Default: recommend.")]
        [AllowedValues("recommend", "act")]
        public string? Mode { get; init; }

        [Description("When findings are carried out; needed with mode: act.")]
        public VerticalScalingShapes.ChangeWindow? Window { get; init; }

        [Description("Which findings are carried out.")]
        public FindingWorth? ActOn { get; init; }

        [Description("How a new size is brought to the instances.")]
        public VerticalScalingShapes.RollOut? RollOut { get; init; }

        [Description("Metrics that tell that a smaller size does not do. Without them findings are only told.")]
        public VerticalScalingShapes.SizeGuard? Guard { get; init; }

        [Description("mayRestart: a machine, or the only instance of a set, may be restarted for it. Default: keep.")]
        [AllowedValues("keep", "mayRestart")]
        public string? OnlyInstance { get; init; }

        [Description("Time between two changes of the size, at least 1h. Default: 7d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Rest { get; init; }
    }

    internal sealed record FindingWorth
    {
        [Description("Days of history it must rest on. Default: 6.3, a week with small gaps.")]
        [Range(double.Epsilon, ResourceRightsizingPolicy.MostDays)]
        public double? ConfidenceDays { get; init; }

        [Description("The most risk: low, medium (one thing speaks for care) or high. Default: low.")]
        [AllowedValues("low", "medium", "high")]
        public string? Risk { get; init; }
    }

    /// <summary>Both of these; or one word, which the schema adds.</summary>
    internal sealed record HeadroomShares
    {
        public required PolicyShapes.Share Processor { get; init; }

        public required PolicyShapes.Share Memory { get; init; }
    }

    internal sealed record Bounds
    {
        [Description("What has less than this percentile is too small.")]
        [Range(double.Epsilon, ResourceRightsizingBinding.HighestPercentile)]
        public double? Lower { get; init; }

        [Description("What has more than this percentile is too large.")]
        [Range(double.Epsilon, ResourceRightsizingBinding.HighestPercentile)]
        public double? Upper { get; init; }
    }

    internal sealed record Candidates
    {
        [Description("Such as Standard_D4s_v5, Standard_D* or P1v3.")]
        public IReadOnlyList<string>? Sizes { get; init; }

        [Description("As Azure names them, such as standardDSv5Family.")]
        public IReadOnlyList<string>? Families { get; init; }
    }

    internal sealed record MinimumSaving
    {
        [Description("Share of what the resource costs.")]
        public PolicyShapes.Share? Share { get; init; }

        [Description("A month, in the currency.")]
        [Range(double.Epsilon, ResourceRightsizingBinding.MostPerMonth)]
        public double? PerMonth { get; init; }
    }

    internal sealed record SuppressionShape
    {
        [Description("Name of a resource, or the beginning of names followed by *.")]
        public required string Name { get; init; }

        [Description("The last day, such as 2027-01-31.")]
        [RegularExpression(@"^\d{4}-\d\d-\d\d$")]
        public required string Until { get; init; }

        public required string Reason { get; init; }
    }
}
