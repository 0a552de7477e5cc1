using System.Text.Json;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>Reads the members of a plan. What is absent or null is absent; what has another type is an error, not a default.</summary>
internal static class PlanJson
{
    public static string? Text(JsonElement? owner, string name) => Member(owner, name) is { } value ? Of(value, name, JsonValueKind.String).GetString() : null;

    public static JsonElement? Object(JsonElement? owner, string name) => Member(owner, name) is { } value ? Of(value, name, JsonValueKind.Object) : null;

    public static bool? Flag(JsonElement? owner, string name) => Member(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new JsonException($"'{name}' is neither true nor false"),
    };

    public static int? Number(JsonElement? owner, string name) =>
        Member(owner, name) is not { } value ? null
        : Of(value, name, JsonValueKind.Number).TryGetInt32(out var number) ? number
        : throw new JsonException($"'{name}' is not a number that can be");

    /// <summary>Azure takes tag names that differ in case only for one name.</summary>
    public static TargetTags.Known Tags(JsonElement plan)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in Object(plan, "tags")?.EnumerateObject() ?? default)
        {
            values[tag.Name] = tag.Value.ValueKind == JsonValueKind.Null ? "" : Of(tag.Value, tag.Name, JsonValueKind.String).GetString()!;
        }

        return new TargetTags.Known(values);
    }

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { } element && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement Of(JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == kind ? value : throw new JsonException($"'{name}' is no {kind}");
}
