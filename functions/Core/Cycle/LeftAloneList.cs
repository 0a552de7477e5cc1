using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The resources whose capacity somebody else sets, as the last tick saw them.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Resources">The first of them, in the order of their ids.</param>
public sealed record LeftAloneList(int Total, IReadOnlyList<LeftAloneResource> Resources)
{
    /// <summary>As many as one document of a table surely holds.</summary>
    public const int Most = 1000;

    public static LeftAloneList Empty { get; } = new(0, []);

    public static LeftAloneList Of(InventoryReading seen) => new(
        seen.LeftAlone.Count,
        [.. seen.LeftAlone
            .OrderBy(target => target.Id.Key, StringComparer.Ordinal)
            .Take(Most)
            .Select(target => new LeftAloneResource(target.Id, target.Region, target.Sku, target.Capacity, target.Owner))]);
}
