namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A place in infrastructure code that sets a capacity whenever it is deployed, whatever somebody made of it meanwhile.</summary>
public sealed record CapacityReset
{
    public required string File { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>What the code calls the resource: <c>azurerm_service_plan.api</c>, or its symbol in Bicep.</summary>
    public required string Address { get; init; }

    /// <summary>Azure's type.</summary>
    public required string Type { get; init; }

    /// <summary>To what it is set, as it stands there.</summary>
    public required string Sets { get; init; }

    public required ResetProof Proof { get; init; }

    /// <summary>What to do about it, also where there is no patch.</summary>
    public required string Advice { get; init; }

    /// <summary>The resource, where a state tells; absent when nothing does.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What the next apply would do, where a plan tells: <c>8 → 3</c>.</summary>
    public string? Planned { get; init; }

    /// <summary>Where the module that it is in is called, for people; empty when it is in none.</summary>
    public IReadOnlyList<string> CalledFrom { get; init; } = [];

    /// <summary>Where an autoscale setting for the same resource stands; absent when none does.</summary>
    public string? Autoscale { get; init; }

    /// <summary>Changes of the file that end it; empty when it takes a person.</summary>
    public IReadOnlyList<TextEdit> Edits { get; init; } = [];
}
