namespace ScaleFunctions.Core.Policies;

/// <summary>A kind of resource that is scaled without a line of code here (<c>kind: ResourceKind</c>).</summary>
public sealed record ResourceKindPolicy
{
    /// <summary>Also the word by which workloads select it: <c>type: sql-database</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>ARM type, nested ones included: <c>Microsoft.Sql/servers/databases</c>.</summary>
    public required string ResourceType { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>The member that is the capacity, a whole number: <c>sku.capacity</c>.</summary>
    public required string CapacityPath { get; init; }

    public required DeclaredVerb Verb { get; init; }

    /// <summary>What holds where no size says otherwise.</summary>
    public required CapacityRange Bounds { get; init; }

    /// <summary>The sizes that are scaled; empty for any.</summary>
    public IReadOnlyList<DeclaredSize> Sizes { get; init; } = [];

    /// <summary>All of these must hold for a resource to be scaled.</summary>
    public IReadOnlyList<DeclaredCondition> Only { get; init; } = [];

    public DeclaredState State { get; init; } = DeclaredState.Usual;

    /// <summary>Members that only Azure sets, and that a PUT must not send.</summary>
    public IReadOnlyList<string> ReadOnly { get; init; } = [];

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    /// <summary>The capacities a size may have; nothing for a size that is not scaled.</summary>
    /// <param name="sku">The size; the name of the kind for a resource that has none.</param>
    public CapacityRange? RangeOf(string sku) =>
        Sizes.Count == 0 ? Bounds : Sizes.FirstOrDefault(size => size.Covers(sku))?.Range;

    public bool IsOf(string resourceType) => string.Equals(ResourceType, resourceType, StringComparison.OrdinalIgnoreCase);
}
