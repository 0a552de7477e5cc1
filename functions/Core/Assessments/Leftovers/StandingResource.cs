using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>A resource as Resource Graph tells it, as far as it says whether anybody uses it.</summary>
/// <param name="Id">The resource.</param>
public abstract record StandingResource(TargetId Id)
{
    /// <summary>In lower case without blanks.</summary>
    public string Region { get; init; } = "";

    /// <summary>Name of the <c>sku</c>, such as <c>Premium_LRS</c>; empty where the resource has none.</summary>
    public string Sku { get; init; } = "";

    public TargetTags Tags { get; init; } = new TargetTags.Unknown("they were not read");

    public ManagementGroups ManagementGroups { get; init; } = ManagementGroups.NotRead;

    /// <summary>Id of what manages its resource group, as AKS does; empty when nothing does. What is managed is cleaned up by its manager.</summary>
    public string Manager { get; init; } = "";

    /// <param name="Id">The resource.</param>
    /// <param name="UsedBy">Id of the machine that has it; empty when none does.</param>
    /// <param name="IsAttached">Whether a machine has it, also one that is deallocated.</param>
    /// <param name="Gigabytes">Size.</param>
    /// <param name="Since">Since when it is attached or not; absent where Azure does not say.</param>
    public sealed record Disk(TargetId Id, string UsedBy, bool IsAttached, int Gigabytes, DateTimeOffset? Since) : StandingResource(Id);

    /// <param name="Id">The resource.</param>
    /// <param name="Gigabytes">Size of the disk it was taken of: what is stored, and billed, may be less.</param>
    /// <param name="CreatedAt">When it was taken.</param>
    public sealed record Snapshot(TargetId Id, int Gigabytes, DateTimeOffset CreatedAt) : StandingResource(Id);

    /// <param name="Id">The resource.</param>
    /// <param name="IsUsed">Whether an interface, a load balancer or a gateway has it.</param>
    public sealed record Address(TargetId Id, bool IsUsed) : StandingResource(Id);

    /// <param name="Id">The resource.</param>
    /// <param name="Backends">What is behind it, in all its pools and by its NAT rules.</param>
    /// <param name="Rules">Load balancing and outbound rules: without any it costs nothing.</param>
    public sealed record Balancer(TargetId Id, int Backends, int Rules) : StandingResource(Id);

    /// <param name="Id">The resource.</param>
    /// <param name="Sites">Apps on it.</param>
    public sealed record Plan(TargetId Id, int Sites) : StandingResource(Id);

    /// <param name="Id">The resource.</param>
    /// <param name="IsDeallocated">Whether it gave its host back.</param>
    public sealed record Machine(TargetId Id, bool IsDeallocated) : StandingResource(Id);
}
