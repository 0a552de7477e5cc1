namespace ScaleFunctions.Core.Policies;

/// <summary>The platform's outer bounds (<c>kind: Guardrails</c>). What teams write is narrowed to them, never widened by them.</summary>
public sealed record GuardrailsPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Names of the workloads it bounds; empty for all.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    public int? MaximumInstances { get; init; }

    public int? MaxActionsPerDay { get; init; }

    /// <summary>Percent of the instances of the fleet, a subscription or a region that unexpected lowerings may take away within an hour; absent for the usual.</summary>
    public int? MaxLoweredPercentPerHour { get; init; }

    /// <summary>Kinds of policies that may be written for the workloads; absent for any.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Names of the declared kinds of resources that may be acted on; absent where nothing is said of them.</summary>
    public IReadOnlyList<string>? ResourceKinds { get; init; }

    public PolicyMode? Mode { get; init; }

    /// <summary>Sizes, or patterns of them, of which instances may be added; absent for any.</summary>
    public IReadOnlyList<string>? Skus { get; init; }

    /// <summary>Regions in which instances may be added; absent for any.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    public FleetCaps? Fleet { get; init; }

    public PriceList? Prices { get; init; }

    /// <summary>In which order a changed set of policies comes to count; absent when these guardrails do not say.</summary>
    public PolicyRings? Rollout { get; init; }

    public bool AllowsSku(string sku) => Skus?.Any(pattern => NamePattern.Fits(pattern, sku)) ?? true;

    public bool AllowsRegion(string region) => Regions?.Any(pattern => NamePattern.Fits(pattern, region)) ?? true;

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    public bool Bounds(string workload) => Workloads.Count == 0 || Workloads.Contains(workload, StringComparer.Ordinal);
}
