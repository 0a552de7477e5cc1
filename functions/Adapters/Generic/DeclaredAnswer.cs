using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Generic;

/// <summary>What we use of a resource of a declared kind, once it has proven plausible.</summary>
internal sealed record DeclaredAnswer
{
    private const int LongestETag = 256;

    public required TargetId Id { get; init; }

    public required string Region { get; init; }

    /// <summary>The name of its size; that of the kind for a resource that has none.</summary>
    public required string Sku { get; init; }

    public required int Capacity { get; init; }

    public required bool IsUpdating { get; init; }

    public required bool IsReady { get; init; }

    /// <summary>Why it is never written; absent when it may be.</summary>
    public string? LeftAlone { get; init; }

    /// <summary>The capacities it may have.</summary>
    public required CapacityRange Range { get; init; }

    public required TargetTags.Known Tags { get; init; }

    public required string Version { get; init; }

    /// <summary>The service's own, where it has one.</summary>
    public string? ETag { get; init; }

    /// <summary>The resource, or null and what is wrong with it. One whose capacity is not readable is left alone: there is none by default.</summary>
    public static DeclaredAnswer? Read(ResourceKindPolicy kind, JsonElement root, out string problem)
    {
        problem = "it has no readable id or region";
        var region = BodyPath.Text(root, "location")?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (!TargetId.TryParse(BodyPath.Text(root, "id"), out var id) || !kind.IsOf(id.ResourceType) || string.IsNullOrEmpty(region))
        {
            return null;
        }

        var sku = BodyPath.Text(root, "sku.name") ?? kind.Name;
        var state = BodyPath.Text(root, kind.State.Path) ?? "";

        // What the declaration does not fit costs this resource, and not the inventory of all others.
        var leftAlone = WhyLeftAlone(kind, root, sku)
            ?? (BodyPath.Number(root, kind.CapacityPath) is null or < 0 ? $"its '{kind.CapacityPath}' is missing or no whole number"
            : state.Length == 0 ? $"it has no '{kind.State.Path}' that would tell its state"
            : null);

        return new DeclaredAnswer
        {
            Id = id,
            Region = region,
            Sku = sku,
            Capacity = Math.Max(0, BodyPath.Number(root, kind.CapacityPath) ?? 0),
            IsUpdating = !kind.State.HasSettled(state),
            IsReady = kind.State.HasSettled(state) && state.ToUpperInvariant() is not ("FAILED" or "CANCELED"),
            LeftAlone = leftAlone,
            Range = kind.RangeOf(sku) ?? kind.Bounds,
            Tags = TagsOf(root),
            Version = leftAlone is not null ? "" : new DeclaredBody(kind).Version(root),
            ETag = BodyPath.Text(root, "etag") is { Length: > 0 and <= LongestETag } etag && etag != "*" && etag.All(letter => letter is > ' ' and <= '~')
                ? etag
                : null,
        };
    }

    private static string? WhyLeftAlone(ResourceKindPolicy kind, JsonElement root, string sku) =>
        kind.RangeOf(sku) is null
            ? $"the declared kind {kind.Name} does not scale the size {sku}"
            : kind.Only.FirstOrDefault(condition => BodyPath.Text(root, condition.Path) is not { } value
                || !condition.OneOf.Contains(value, StringComparer.OrdinalIgnoreCase))?.Reason;

    /// <summary>Azure takes tag names that differ in case only for one name.</summary>
    internal static TargetTags.Known TagsOf(JsonElement root)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (BodyPath.Find(root, "tags") is { ValueKind: JsonValueKind.Object } tags)
        {
            foreach (var tag in tags.EnumerateObject())
            {
                values[tag.Name] = tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : "";
            }
        }

        return new TargetTags.Known(values);
    }
}
