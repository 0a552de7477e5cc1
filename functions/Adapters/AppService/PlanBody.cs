using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>
/// A plan as it was read, and as it is sent back: everything, also what nobody here knows, except what the specification marks
/// as read-only.
/// </summary>
/// <remarks>
/// A read-only member "must not be sent as part of a request" (OpenAPI 2.0), and Microsoft's own clients leave them out. They
/// also change without anybody's doing (the number of apps, of workers), so they are no part of the version either.
/// </remarks>
internal static class PlanBody
{
    /// <summary>Far more than a plan with fifty long tags has.</summary>
    public const int LargestBody = 256 * 1024;

    /// <summary>What AppServicePlan marks <c>readOnly</c> in 2023-12-01; a test compares it with the specification.</summary>
    public static readonly FrozenSet<string> ReadOnly = FrozenSet.ToFrozenSet(
        [
            "id",
            "name",
            "type",
            "properties.status",
            "properties.subscription",
            "properties.hostingEnvironmentProfile.name",
            "properties.hostingEnvironmentProfile.type",
            "properties.maximumNumberOfWorkers",
            "properties.numberOfWorkers",
            "properties.geoRegion",
            "properties.numberOfSites",
            "properties.resourceGroup",
            "properties.provisioningState",
            "properties.kubeEnvironmentProfile.name",
            "properties.kubeEnvironmentProfile.type",
            "extendedLocation.type",
        ],
        StringComparer.OrdinalIgnoreCase);

    private const string Capacity = "sku.capacity";

    /// <summary>What tells of the size a plan had, and would be wrong of another.</summary>
    private static readonly FrozenSet<string> OfSize =
        FrozenSet.ToFrozenSet(["sku.skuCapacity", "sku.locations", "sku.capabilities"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is not, or not unmistakably.</exception>
    public static JsonDocument Parse(BinaryData body) => JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);

    /// <summary>
    /// The version of a plan: its API has no ETag. A hash of all that a write could change, whatever the order of its members.
    /// </summary>
    public static string Version(JsonElement plan) => JsonVersion.Of(plan, ReadOnly);

    public static bool IsVersion(string text) => JsonVersion.IsVersion(text);

    /// <summary>The same plan with another capacity, and another size where one is given.</summary>
    public static BinaryData With(JsonElement plan, int capacity, PlanOffer? size)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, plan, "", capacity, size);
        }

        return new BinaryData(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string path, int capacity, PlanOffer? size)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            // Lists and plain values go through as they are; a number keeps its digits.
            element.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            var place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (ReadOnly.Contains(place) || (size is not null && OfSize.Contains(place)))
            {
                continue;
            }

            writer.WritePropertyName(member.Name);
            if (place == Capacity)
            {
                writer.WriteNumberValue(capacity);
                continue;
            }

            if (size?.Member(place) is { } text)
            {
                writer.WriteStringValue(text);
                continue;
            }

            Write(writer, member.Value, place, capacity, size);
        }

        writer.WriteEndObject();
    }
}
