namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>What a state or a plan says of a resource with a capacity.</summary>
internal sealed record TerraformRecord
{
    public required string File { get; init; }

    public required int Line { get; init; }

    /// <summary>Type and name, without modules and indexes.</summary>
    public required string Address { get; init; }

    /// <summary>The same with modules and index.</summary>
    public required string FullAddress { get; init; }

    /// <summary>Which modules lead to it, with indexes: <c>module.web["a"]</c>; empty for none.</summary>
    public string Module { get; init; } = "";

    public required string AzureType { get; init; }

    /// <summary>What <c>ignore_changes</c> would say.</summary>
    public required string Ignored { get; init; }

    /// <summary>The count, or its change.</summary>
    public required string Count { get; init; }

    /// <summary>Id of the resource in Azure; empty when it is not told.</summary>
    public string ResourceId { get; init; } = "";
}
