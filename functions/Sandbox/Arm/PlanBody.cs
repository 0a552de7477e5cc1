using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>
/// Reads the body of a PUT: the whole plan. What it leaves out is gone afterwards, a capacity left out is 1, and what only Azure
/// sets is passed over. A change of size, region or operating system is not simulated and refused.
/// </summary>
internal static class PlanBody
{
    private const int DefaultCapacity = 1;

    /// <summary>What holds from creation on.</summary>
    private static readonly string[] Fixed = ["reserved", "isXenon", "hyperV", "hostingEnvironmentProfile"];

    /// <summary>The change asked for, or what is wrong with the body.</summary>
    public static (CapacityChange? Change, string? Error) Read(ReadOnlyMemory<byte> body, ResourceView view)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, view);
        }
        catch (JsonException exception)
        {
            return (null, $"The body is not JSON: {exception.Message}");
        }
    }

    private static (CapacityChange? Change, string? Error) Read(JsonElement root, ResourceView view)
    {
        var current = view.Document!.Value;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("location", out var location) || !Same(location, current.GetProperty("location")))
        {
            return (null, $"The body must be an object with the plan's location '{view.Spec.Region}'.");
        }

        if (!root.TryGetProperty("sku", out var sku) || sku.ValueKind != JsonValueKind.Object || !sku.TryGetProperty("name", out var name)
            || !Same(name, current.GetProperty("sku").GetProperty("name")))
        {
            return (null, $"The body must have an object 'sku' with the plan's name '{view.Spec.Sku}'; another size is not simulated.");
        }

        if (root.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Object)
        {
            return (null, "'properties' is no object.");
        }

        if (Array.Find(Fixed, name => Changes(properties, current.GetProperty("properties"), name)) is { } changed)
        {
            return (null, $"'properties.{changed}' cannot be changed after the plan was made.");
        }

        var most = ((PlanSpec)view.Spec).MaximumInstances;
        return Capacity(sku) is not { } capacity || capacity < 1 || capacity > most
            ? (null, $"sku.capacity must be a whole number from 1 to {most}.")
            : (new CapacityChange(capacity, IfMatch: null) { Document = PlanDocument.Of(root) }, null);
    }

    private static int? Capacity(JsonElement sku) =>
        !sku.TryGetProperty("capacity", out var capacity) ? DefaultCapacity
        : capacity.ValueKind == JsonValueKind.Number && capacity.TryGetInt32(out var value) ? value
        : null;

    private static bool Changes(JsonElement properties, JsonElement current, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var wanted)
        && (!current.TryGetProperty(name, out var there) || !JsonElement.DeepEquals(wanted, there));

    private static bool Same(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.String
        && string.Equals(one.GetString()!.Replace(" ", "", StringComparison.Ordinal), other.GetString(), StringComparison.OrdinalIgnoreCase);
}
