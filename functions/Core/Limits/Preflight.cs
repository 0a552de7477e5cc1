using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Limits;

/// <summary>
/// What Azure is known to refuse before it is asked. What is not known is absent here, and holds nothing back: Azure itself
/// refuses what it does not allow.
/// </summary>
public sealed record Preflight
{
    public static Preflight Nothing { get; } = new();

    /// <summary>Whether anything was asked for; before that nothing here tells anything.</summary>
    public bool IsRead { get; init; }

    /// <summary>What roles grant to the identity that writes; absent when that is not known.</summary>
    public GrantedActions? Granted { get; init; }

    /// <summary>The lock that keeps everybody from changing it.</summary>
    public ResourceLock? Lock { get; init; }

    /// <summary>The action that no role grants to the identity that writes.</summary>
    public string? Denied { get; init; }

    /// <summary>What of all this could not be read, for people; empty when everything was, or nobody asked.</summary>
    public string Unproven { get; init; } = "";

    /// <summary>The fewest instances a lowering may leave, as far as only a look at them tells; absent when nobody looked.</summary>
    public FactReading<PlatformBound>? Least { get; init; }

    /// <summary>What it has of cores, and of which quotas; absent for what has none.</summary>
    public SizeOffer? Size { get; init; }

    /// <summary>The quotas that the size that is wanted counts for.</summary>
    public IReadOnlyList<QuotaUsage> SizeQuotas { get; init; } = [];

    /// <summary>The quotas that an instance more would count for, less what was added since they were read.</summary>
    public IReadOnlyList<QuotaUsage> Quotas { get; init; } = [];
}
