using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// Stands in for an ETag where an API has none: a hash of all that a write could change, whatever the order of its members.
/// </summary>
internal static class JsonVersion
{
    // Two members of one name: which of them counts is anybody's guess.
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <param name="root">A resource.</param>
    /// <param name="without">Paths of the members that no write changes, such as <c>properties.status</c>.</param>
    public static string Of(JsonElement root, IReadOnlySet<string> without)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, root, "", without);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    public static bool IsVersion(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);

    private static void Write(Utf8JsonWriter writer, JsonElement element, string path, IReadOnlySet<string> without)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            // Lists and plain values go in as they are; a number keeps its digits.
            element.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!without.Contains(place))
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, place, without);
            }
        }

        writer.WriteEndObject();
    }
}
