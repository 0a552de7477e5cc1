using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>The fields of <c>kind: ResourceKind</c>. See <see cref="PolicyShapes"/>.</summary>
internal static class ResourceKindShapes
{
    internal sealed record ResourceKind
    {
        [Description("ARM type, such as Microsoft.Search/searchServices or Microsoft.Sql/servers/databases.")]
        [RegularExpression(ResourceKindBinding.TypePattern)]
        public required string Type { get; init; }

        [Description("Stable version of the provider's API.")]
        [RegularExpression(ResourceKindBinding.VersionPattern)]
        public required string ApiVersion { get; init; }

        [Description("The member that is the capacity, a whole number: sku.capacity, or one below properties.")]
        [RegularExpression(ResourceKindBinding.CapacityPattern)]
        public required string Capacity { get; init; }

        [Description("PATCH: sends the object around the capacity alone; PUT: sends the whole resource back.")]
        [AllowedValues("PATCH", "PUT")]
        public required string Write { get; init; }

        [Range(0, ResourceKindBinding.MaximumCapacity)]
        public required int Minimum { get; init; }

        [Range(1, ResourceKindBinding.MaximumCapacity)]
        public required int Maximum { get; init; }

        [Description("The sizes (sku.name) that are scaled, and their capacities. Default: any size, within minimum and maximum.")]
        public IReadOnlyList<KindSize>? Sizes { get; init; }

        [Description("What a resource must be like; others are left alone.")]
        public IReadOnlyList<KindCondition>? Only { get; init; }

        [Description("Where a resource says that no change is under way. Default: properties.provisioningState.")]
        public KindState? State { get; init; }

        [Description("With PUT: members that only Azure sets, which are not sent.")]
        public IReadOnlyList<string>? ReadOnly { get; init; }
    }

    internal sealed record KindSize
    {
        [Description("Values of sku.name, or patterns such as GP_Gen*.")]
        public required IReadOnlyList<string> Names { get; init; }

        [Description("The only capacities there are, ascending.")]
        public IReadOnlyList<int>? Steps { get; init; }

        [Range(0, ResourceKindBinding.MaximumCapacity)]
        public int? Minimum { get; init; }

        [Range(1, ResourceKindBinding.MaximumCapacity)]
        public int? Maximum { get; init; }
    }

    internal sealed record KindCondition
    {
        [RegularExpression(ResourceKindBinding.MemberPattern)]
        public required string Path { get; init; }

        [Description("Values it may have. A member that is missing has none.")]
        public required IReadOnlyList<KindValue> OneOf { get; init; }

        [Description("Why others are left alone.")]
        public required string Reason { get; init; }
    }

    internal sealed record KindState
    {
        [RegularExpression(ResourceKindBinding.MemberPattern)]
        public required string Path { get; init; }

        [Description("Values that say that no change is under way.")]
        public required IReadOnlyList<string> Settled { get; init; }
    }

    /// <summary>A text, a number, true or false.</summary>
    internal sealed record KindValue;
}
