using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>
/// Reads the body of a PUT: the whole plan. What it leaves out is gone afterwards, a capacity left out is 1, and what only Azure
/// sets is passed over. A change of region or operating system is not simulated and refused.
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

        if (!root.TryGetProperty("sku", out var sku) || sku.ValueKind != JsonValueKind.Object || !sku.TryGetProperty("name", out var name))
        {
            return (null, "The body must have an object 'sku' with a name.");
        }

        var plan = (PlanSpec)view.Spec;
        PlanSize? other = null;
        if (!Same(name, current.GetProperty("sku").GetProperty("name")))
        {
            other = plan.Offered.FirstOrDefault(size => Is(name, size.Name));
            if (other is null || (sku.TryGetProperty("tier", out var tier) && !Is(tier, other.Tier)))
            {
                return (null, $"The size {name} is none that this plan can have, or is not of the tier that is named.");
            }
        }

        if (root.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Object)
        {
            return (null, "'properties' is no object.");
        }

        if (Array.Find(Fixed, name => Changes(properties, current.GetProperty("properties"), name)) is { } changed)
        {
            return (null, $"'properties.{changed}' cannot be changed after the plan was made.");
        }

        var most = plan.MostOf(other?.Name ?? view.Size);
        return Capacity(sku) is not { } capacity || capacity < 1 || capacity > most
            ? (null, $"sku.capacity must be a whole number from 1 to {most}.")
            : (new CapacityChange(capacity, IfMatch: null) { Document = PlanDocument.Of(root), Size = other?.Name }, null);
    }

    private static int? Capacity(JsonElement sku) =>
        !sku.TryGetProperty("capacity", out var capacity) ? DefaultCapacity
        : capacity.ValueKind == JsonValueKind.Number && capacity.TryGetInt32(out var value) ? value
        : null;

    private static bool Changes(JsonElement properties, JsonElement current, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var wanted)
        && (!current.TryGetProperty(name, out var there) || !JsonElement.DeepEquals(wanted, there));

    private static bool Is(JsonElement one, string other) =>
        one.ValueKind == JsonValueKind.String && string.Equals(one.GetString(), other, StringComparison.OrdinalIgnoreCase);

    private static bool Same(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.String
        && string.Equals(one.GetString()!.Replace(" ", "", StringComparison.Ordinal), other.GetString(), StringComparison.OrdinalIgnoreCase);
}
