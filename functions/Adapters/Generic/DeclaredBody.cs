using System.Buffers;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Generic;

/// <summary>
/// What is sent of a resource of a declared kind. A PATCH has the object around the capacity, as it was read, because APIs may
/// take that as a whole (a <c>sku</c> without its name is none); right below <c>properties</c> it has the one member alone. A PUT
/// has everything but what only Azure sets.
/// </summary>
internal sealed class DeclaredBody(ResourceKindPolicy kind)
{
    private const string Properties = "properties";

    /// <summary>What no provider takes back, whatever else it marks.</summary>
    private static readonly string[] NeverSent = ["id", "name", "type", "etag", "systemData", "properties.provisioningState"];

    private readonly HashSet<string> _without = [.. NeverSent, kind.State.Path, .. kind.ReadOnly];

    /// <summary>Stands in for an ETag: a hash of all that a write could change.</summary>
    public string Version(JsonElement root) => kind.Verb == DeclaredVerb.Put
        ? JsonVersion.Of(root, _without)
        : JsonVersion.Of(Around(root), NothingLeftOut);

    private static readonly HashSet<string> NothingLeftOut = [];

    public BinaryData With(JsonElement root, int capacity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (kind.Verb == DeclaredVerb.Put)
            {
                Copy(writer, root, "", capacity);
            }
            else
            {
                Patch(writer, root, capacity);
            }
        }

        return new BinaryData(buffer.WrittenMemory);
    }

    /// <summary>The object around the capacity, or the capacity where that is <c>properties</c>.</summary>
    private JsonElement Around(JsonElement root)
    {
        var parent = BodyPath.Parent(kind.CapacityPath);
        return BodyPath.Find(root, parent == Properties ? kind.CapacityPath : parent)!.Value;
    }

    private void Patch(Utf8JsonWriter writer, JsonElement root, int capacity)
    {
        var parent = BodyPath.Parent(kind.CapacityPath);
        var parts = parent.Split('.');
        writer.WriteStartObject();
        foreach (var part in parts)
        {
            writer.WriteStartObject(part);
        }

        if (parent == Properties)
        {
            writer.WriteNumber(BodyPath.Leaf(kind.CapacityPath), capacity);
        }
        else
        {
            Members(writer, Around(root), parent, capacity);
        }

        for (var depth = 0; depth <= parts.Length; depth++)
        {
            writer.WriteEndObject();
        }
    }

    private void Copy(Utf8JsonWriter writer, JsonElement element, string path, int capacity)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            // Lists and plain values go through as they are; a number keeps its digits.
            element.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        Members(writer, element, path, capacity);
        writer.WriteEndObject();
    }

    private void Members(Utf8JsonWriter writer, JsonElement element, string path, int capacity)
    {
        foreach (var member in element.EnumerateObject())
        {
            var place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (place == kind.CapacityPath)
            {
                writer.WriteNumber(member.Name, capacity);
            }
            else if (!_without.Contains(place))
            {
                writer.WritePropertyName(member.Name);
                Copy(writer, member.Value, place, capacity);
            }
        }
    }
}
