using System.Buffers;
using System.Text.Json;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>One page of an answer of Resource Graph.</summary>
/// <param name="Rows">Its rows, each an object.</param>
/// <param name="Total">Rows of all pages.</param>
/// <param name="IsTruncated">Whether rows are missing; on pages before the last one they are on the next.</param>
/// <param name="SkipToken">What asks for the next page; empty on the last one.</param>
internal sealed record ResourceGraphPage(IReadOnlyList<JsonElement> Rows, long Total, bool IsTruncated, string SkipToken)
{
    /// <summary>The page, or nothing when the answer is none.</summary>
    public static ResourceGraphPage? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array
            || data.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Object)
            || !root.TryGetProperty("totalRecords", out var total) || total.ValueKind != JsonValueKind.Number || !total.TryGetInt64(out var records)
            || !root.TryGetProperty("resultTruncated", out var truncated) || truncated.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var token = root.TryGetProperty("$skipToken", out var skip) && skip.ValueKind == JsonValueKind.String ? skip.GetString()! : "";
        return new ResourceGraphPage([.. data.EnumerateArray()], records, !truncated.ValueEquals("false"), token);
    }

    /// <summary>The body of a request.</summary>
    public static ReadOnlyMemory<byte> Ask(string query, IEnumerable<string> subscriptions, int rows, string? skipToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("subscriptions");
            foreach (var subscription in subscriptions)
            {
                writer.WriteStringValue(subscription);
            }

            writer.WriteEndArray();
            writer.WriteString("query", query);
            writer.WriteStartObject("options");
            writer.WriteNumber("$top", rows);
            writer.WriteString("resultFormat", "objectArray");
            if (skipToken is not null)
            {
                writer.WriteString("$skipToken", skipToken);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
