using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>Reads the bodies that make and change settings; what cannot be true is refused with all that is wrong.</summary>
internal static class SettingBody
{
    /// <summary>What only Azure says of a setting. A request that carries such a member has no say in it.</summary>
    private static readonly string[] ReadOnly = ["id", "name", "type", "systemData"];

    /// <summary>The setting that a PUT describes, or what is wrong with it.</summary>
    public static (JsonElement Document, AutoscaleSetting? Setting, string Error) Whole(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) is not JsonObject root ? (default, null, "The body is not an object.") : Check(root);
        }
        catch (JsonException exception)
        {
            return (default, null, $"The body is not JSON: {exception.Message}");
        }
    }

    /// <summary>The setting after a PATCH, which replaces tags and members of the properties, or what is wrong with it.</summary>
    public static (JsonElement Document, AutoscaleSetting? Setting, string Error) Patched(JsonElement current, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (JsonNode.Parse(body.Span) is not JsonObject patch)
            {
                return (default, null, "The body is not an object.");
            }

            var root = JsonObject.Create(current)!;
            if (patch["tags"] is { } tags)
            {
                root["tags"] = tags.DeepClone();
            }

            var properties = root["properties"]!.AsObject();
            foreach (var (name, value) in patch["properties"] as JsonObject ?? [])
            {
                properties[name] = value?.DeepClone();
            }

            return Check(JsonNode.Parse(root.ToJsonString())!.AsObject());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (default, null, $"The body is not JSON of a setting: {exception.Message}");
        }
    }

    private static (JsonElement Document, AutoscaleSetting? Setting, string Error) Check(JsonObject root)
    {
        foreach (var name in ReadOnly)
        {
            root.Remove(name);
        }

        using var parsed = JsonDocument.Parse(root.ToJsonString());
        var document = parsed.RootElement.Clone();
        if (!document.TryGetProperty("location", out var location) || location.ValueKind != JsonValueKind.String)
        {
            return (default, null, "location is missing.");
        }

        return AutoscaleSettingReader.Read(document, out var problems) is { } setting
            ? (document, setting, "")
            : (default, null, string.Join("; ", problems));
    }
}
