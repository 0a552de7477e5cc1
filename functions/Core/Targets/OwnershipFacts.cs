namespace ScaleFunctions.Core.Targets;

/// <summary>All that tells who decides on the capacity of a resource.</summary>
public sealed record OwnershipFacts
{
    public required TargetId Id { get; init; }

    public required TargetTags Tags { get; init; }

    /// <summary>Why Azure alone sets the count; absent when it does not.</summary>
    public string? ScalesItself { get; init; }

    /// <summary>Id of the resource that manages this one; absent when none does.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Id of the resource that manages the resource group; absent when none does.</summary>
    public string? GroupManagedBy { get; init; }

    /// <summary>Name of the enabled autoscale setting that points at it; absent when none does.</summary>
    public string? AutoscaleSetting { get; init; }

    /// <summary>Why no floor can be put under that setting; absent when one can, or there is none.</summary>
    public string? WhyNotSteered { get; init; }

    /// <summary>Name of the deny assignment that covers changes of it; absent when none does.</summary>
    public string? DenyAssignment { get; init; }

    /// <summary>What of all this could not be read; absent when everything was.</summary>
    public string? NotRead { get; init; }
}
