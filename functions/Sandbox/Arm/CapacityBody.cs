using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads the body of a write. The sandbox changes the capacity and the size and nothing else; whatever would change more is refused.</summary>
internal static class CapacityBody
{
    private const int MaximumCapacity = 1000;

    /// <summary>The capacity and the size asked for, or what is wrong with the body.</summary>
    public static (int? Capacity, string? Size, string? Error) Read(ReadOnlyMemory<byte> body, ResourceView view)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return ReadRoot(document.RootElement, view);
        }
        catch (JsonException exception)
        {
            return (null, null, $"The body is not JSON: {exception.Message}");
        }
    }

    private static (int? Capacity, string? Size, string? Error) ReadRoot(JsonElement root, ResourceView view)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, null, "The body is not an object.");
        }

        // The SDK sends an empty 'properties' along.
        var stranger = root.EnumerateObject().FirstOrDefault(member =>
            !member.NameEquals("sku") && !(member.NameEquals("properties") && IsEmpty(member.Value)));
        if (stranger.Value.ValueKind != JsonValueKind.Undefined)
        {
            return (null, null, $"'{stranger.Name}' cannot be changed here; only sku.capacity and sku.name can.");
        }

        return root.TryGetProperty("sku", out var sku) && sku.ValueKind == JsonValueKind.Object
            ? ReadSku(sku, view)
            : (null, null, "The body has no object 'sku'.");
    }

    private static (int? Capacity, string? Size, string? Error) ReadSku(JsonElement sku, ResourceView view)
    {
        var stranger = sku.EnumerateObject().FirstOrDefault(member => !member.NameEquals("capacity") && !member.NameEquals("name")
            && !(member.NameEquals("tier") && Says(member.Value, "Standard")));
        if (stranger.Value.ValueKind != JsonValueKind.Undefined)
        {
            return (null, null, $"'sku.{stranger.Name}' cannot be changed here; only sku.capacity and sku.name can.");
        }

        string? size = null;
        if (sku.TryGetProperty("name", out var name) && !Says(name, view.Size))
        {
            size = name.ValueKind == JsonValueKind.String ? MachineSize.Find(name.GetString()!)?.Name : null;
            if (size is null || view.Spec is ScaleSetSpec { MixedSizes.Count: > 0 })
            {
                return (null, null, $"The value {name} of parameter 'sku.name' is not a size that this resource can have.");
            }
        }

        // A size alone leaves the count as it is.
        if (!sku.TryGetProperty("capacity", out var capacity) && size is not null)
        {
            return (view.Capacity, size, null);
        }

        return capacity.ValueKind == JsonValueKind.Number && capacity.TryGetInt32(out var value) && value is >= 0 and <= MaximumCapacity
            ? (value, size, null)
            : (null, null, $"sku.capacity must be a whole number from 0 to {MaximumCapacity}.");
    }

    private static bool IsEmpty(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && !element.EnumerateObject().Any();

    private static bool Says(JsonElement element, string text) =>
        element.ValueKind == JsonValueKind.String && string.Equals(element.GetString(), text, StringComparison.OrdinalIgnoreCase);
}
