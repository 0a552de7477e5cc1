using System.Text.Json;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Logs;

/// <summary>Log Analytics, as far as it answers one number: a table with a time and a number, of the minute that is over.</summary>
internal sealed class LogQueryEndpoint(IReadOnlyList<LogQuerySpec> queries, TimeProvider clock)
{
    public SandboxAnswer Query(SandboxRequest request, RequestRoute route)
    {
        var known = queries.Where(query => string.Equals(query.Workspace, route.Workspace, StringComparison.OrdinalIgnoreCase)).ToList();
        if (known.Count == 0)
        {
            return SandboxAnswer.Error(404, "WorkspaceNotFoundError", "The workspace could not be found.");
        }

        if (ReadQuery(request.Body) is not { } text)
        {
            return SandboxAnswer.Error(400, "BadArgumentError", "The request had some invalid properties.");
        }

        return known.Find(query => Plain(query.Text) == Plain(text)) is { } found
            ? Answer(found)
            : SandboxAnswer.Error(400, "BadArgumentError", "The sandbox knows no answer to this query.");
    }

    private SandboxAnswer Answer(LogQuerySpec query)
    {
        var now = clock.GetUtcNow();
        var minute = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute) - TimeSpan.TicksPerMinute);
        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tables");
            writer.WriteStartObject();
            writer.WriteString("name", "PrimaryResult");
            writer.WriteStartArray("columns");
            WriteColumn(writer, "TimeGenerated", "datetime");
            WriteColumn(writer, "value", "real");
            writer.WriteEndArray();
            writer.WriteStartArray("rows");
            writer.WriteStartArray();
            writer.WriteStringValue(minute.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteNumberValue(query.Value.DemandAt(minute));
            writer.WriteEndArray();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteColumn(Utf8JsonWriter writer, string name, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }

    private static string? ReadQuery(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.String
                ? query.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
