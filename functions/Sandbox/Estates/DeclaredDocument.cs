using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Bodies of resources whose capacity is a number somewhere in them.</summary>
internal static class DeclaredDocument
{
    /// <summary>What only the service says of any resource.</summary>
    private static readonly string[] ReadOnly = ["id", "name", "type", "etag", "systemData"];

    /// <summary>The resource at its start, without its capacity and its state.</summary>
    public static JsonElement Of(DeclaredSpec spec)
    {
        var document = JsonNode.Parse(spec.Body)!.AsObject();
        document["location"] = spec.Region;
        document["tags"] = new JsonObject(spec.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        return Element(document);
    }

    /// <summary>The resource as it is shown.</summary>
    public static JsonObject Shown(ResourceView view)
    {
        var spec = (DeclaredSpec)view.Spec;
        var document = JsonObject.Create(view.Document!.Value)!;
        document["id"] = spec.Id.Value;
        document["name"] = spec.Id.Name[(spec.Id.Name.LastIndexOf('/') + 1)..];
        document["type"] = spec.Id.ResourceType;
        if (spec.HasETag)
        {
            document["etag"] = view.ETag;
        }

        Put(document, spec.CapacityPath, view.Capacity);
        Put(document, spec.StatePath, view.ProvisioningState switch
        {
            ProvisioningStates.Updating => spec.BusyState,
            ProvisioningStates.Succeeded => spec.SettledState,
            var state => state,
        });
        return document;
    }

    /// <summary>The capacity a body asks for, and the rest of the resource as it would be; what is wrong with it otherwise.</summary>
    /// <param name="view">The resource as it is.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="isPatch">Whether what the body leaves out stays.</param>
    public static (int? Capacity, JsonElement? Others, string? Error) Read(ResourceView view, ReadOnlyMemory<byte> body, bool isPatch)
    {
        var spec = (DeclaredSpec)view.Spec;
        JsonObject? sent;
        try
        {
            sent = JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (JsonException exception)
        {
            return (null, null, $"The body is not JSON: {exception.Message}");
        }

        if (sent is null)
        {
            return (null, null, "The body is not an object.");
        }

        var result = isPatch ? JsonObject.Create(view.Document!.Value)! : [];
        if (isPatch)
        {
            Put(result, spec.CapacityPath, view.Capacity);
        }

        Merge(result, sent);
        foreach (var name in ReadOnly)
        {
            result.Remove(name);
        }

        if (Take(result, spec.CapacityPath) is not JsonValue value || !value.TryGetValue(out int capacity) || !spec.Range.Allows(capacity))
        {
            return (null, null, $"'{spec.CapacityPath}' must be a capacity that there is: {Told(spec)}.");
        }

        _ = Take(result, spec.StatePath);
        return result["sku"] is JsonObject sku && sku["name"] is null
            ? (null, null, "A 'sku' without its name is none.")
            : (capacity, Element(result), null);
    }

    private static string Told(DeclaredSpec spec) =>
        spec.Range.Steps.Count > 0 ? string.Join(", ", spec.Range.Steps) : $"{spec.Range.Minimum} to {spec.Range.Maximum}";

    private static void Put(JsonObject document, string path, JsonNode value)
    {
        var parts = path.Split('.');
        var at = document;
        foreach (var part in parts[..^1])
        {
            at[part] ??= new JsonObject();
            at = at[part]!.AsObject();
        }

        at[parts[^1]] = value;
    }

    private static JsonNode? Take(JsonObject document, string path)
    {
        var parts = path.Split('.');
        JsonObject? at = document;
        foreach (var part in parts[..^1])
        {
            at = at?[part] as JsonObject;
        }

        var found = at?[parts[^1]];
        at?.Remove(parts[^1]);
        return found;
    }

    private static void Merge(JsonObject onto, JsonObject members)
    {
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonObject inner && onto[name] is JsonObject existing)
            {
                Merge(existing, inner);
                continue;
            }

            onto[name] = value?.DeepClone();
        }
    }

    private static JsonElement Element(JsonObject document)
    {
        using var parsed = JsonDocument.Parse(document.ToJsonString());
        return parsed.RootElement.Clone();
    }
}
