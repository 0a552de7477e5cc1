using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads the body of a write. The sandbox changes the capacity and nothing else; whatever would change more is refused.</summary>
internal static class CapacityBody
{
    private const int MaximumCapacity = 1000;

    /// <summary>The capacity asked for, or what is wrong with the body.</summary>
    public static (int? Capacity, string? Error) Read(ReadOnlyMemory<byte> body, ResourceSpec spec)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return ReadRoot(document.RootElement, spec);
        }
        catch (JsonException exception)
        {
            return (null, $"The body is not JSON: {exception.Message}");
        }
    }

    private static (int? Capacity, string? Error) ReadRoot(JsonElement root, ResourceSpec spec)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, "The body is not an object.");
        }

        // The SDK sends an empty 'properties' along.
        var stranger = root.EnumerateObject().FirstOrDefault(member =>
            !member.NameEquals("sku") && !(member.NameEquals("properties") && IsEmpty(member.Value)));
        if (stranger.Value.ValueKind != JsonValueKind.Undefined)
        {
            return (null, $"'{stranger.Name}' cannot be changed here; only sku.capacity can.");
        }

        return root.TryGetProperty("sku", out var sku) && sku.ValueKind == JsonValueKind.Object
            ? ReadSku(sku, spec)
            : (null, "The body has no object 'sku'.");
    }

    private static (int? Capacity, string? Error) ReadSku(JsonElement sku, ResourceSpec spec)
    {
        var stranger = sku.EnumerateObject().FirstOrDefault(member => !member.NameEquals("capacity")
            && !(member.NameEquals("name") && Says(member.Value, spec.Sku))
            && !(member.NameEquals("tier") && Says(member.Value, "Standard")));
        if (stranger.Value.ValueKind != JsonValueKind.Undefined)
        {
            return (null, $"'sku.{stranger.Name}' cannot be changed here; only sku.capacity can.");
        }

        return sku.TryGetProperty("capacity", out var capacity) && capacity.ValueKind == JsonValueKind.Number
            && capacity.TryGetInt32(out var value) && value is >= 0 and <= MaximumCapacity
            ? (value, null)
            : (null, $"sku.capacity must be a whole number from 0 to {MaximumCapacity}.");
    }

    private static bool IsEmpty(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && !element.EnumerateObject().Any();

    private static bool Says(JsonElement element, string text) =>
        element.ValueKind == JsonValueKind.String && string.Equals(element.GetString(), text, StringComparison.OrdinalIgnoreCase);
}
