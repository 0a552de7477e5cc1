namespace ScaleFunctions.Core.Targets;

/// <summary>A resource with a capacity, as the inventory saw it.</summary>
public sealed record ObservedTarget
{
    public required TargetId Id { get; init; }

    /// <summary>Azure region name, for example <c>westeurope</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Size name, for example <c>Standard_D4s_v5</c>.</summary>
    public required string Sku { get; init; }

    /// <summary>Instances asked for, whether or not they serve yet.</summary>
    public required int Capacity { get; init; }

    /// <summary>Whether somebody's operation on the resource is still running.</summary>
    public required bool IsUpdating { get; init; }

    /// <summary>What people should know of it beside its numbers; empty when there is nothing.</summary>
    public string Remark { get => field ?? ""; init; } = "";

    /// <summary>Availability zones it is spread over; fewer than two when it is in none, or nobody knows.</summary>
    public int Zones { get; init; }

    /// <summary>The names of those zones, as its subscription has them; empty when nobody knows.</summary>
    public IReadOnlyList<string> ZoneNames { get => field ?? []; init; } = [];

    /// <summary>The fewest instances the platform lets it have; absent when nobody knows, or it is one.</summary>
    public PlatformBound? Least { get; init; }

    /// <summary>The most instances the platform lets it have; absent when nobody knows.</summary>
    public PlatformBound? Most { get; init; }

    /// <summary>Azure's own autoscale of it; absent when none is on, or nobody looked.</summary>
    public NativeAutoscale? Native { get; init; }

    /// <summary>How it is billed; absent when nobody knows.</summary>
    public BillingTerms? Billing { get; init; }

    public required TargetTags Tags { get; init; }

    /// <summary>The management groups its subscription is in.</summary>
    public ManagementGroups ManagementGroups { get => field ?? ManagementGroups.NotRead; init; } = ManagementGroups.NotRead;

    /// <summary>Who sets its capacity. A message of an earlier version says nothing, and had nothing in it that belongs to others.</summary>
    public CapacityOwner Owner { get => field ?? CapacityOwner.Nobody; init; } = CapacityOwner.Nobody;

    public required DateTimeOffset ReadAt { get; init; }
}
