using System.Text.Json;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>A resource as Resource Graph has it, seconds to minutes late.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ManagedBy">Id of what manages it; absent when nothing does.</param>
/// <param name="HasTags">Whether it has any tags.</param>
internal sealed record GraphResource(TargetId Id, string? ManagedBy, bool HasTags)
{
    /// <summary>The resource, or nothing when the row is not readable: then it is one that the graph does not list.</summary>
    public static GraphResource? Read(JsonElement row)
    {
        if (!row.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String || !TargetId.TryParse(id.GetString(), out var target)
            || (row.TryGetProperty("managedBy", out var manager) && manager.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            || (row.TryGetProperty("tags", out var tags) && tags.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)))
        {
            return null;
        }

        return new GraphResource(
            target,
            manager.ValueKind == JsonValueKind.String && manager.GetString() is { Length: > 0 } text ? text : null,
            tags.ValueKind == JsonValueKind.Object && tags.EnumerateObject().Any());
    }
}
