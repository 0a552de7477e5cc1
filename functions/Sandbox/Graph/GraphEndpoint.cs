using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Graph;

/// <summary>Answers queries of Resource Graph: in pages, within its limits.</summary>
internal sealed class GraphEndpoint(SimulatedEstate estate)
{
    private const int UsualRows = 100;
    private const int MostRows = 1000;

    public SandboxAnswer Query(SandboxRequest request, IReadOnlyList<FaultEffect> faults)
    {
        if (Read(request.Body) is not { } body || body["query"] is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return Invalid("The body must be an object with a query.");
        }

        var options = body["options"] as JsonObject;
        var top = options?["$top"]?.GetValue<int>() ?? UsualRows;
        if (top is < 1 or > MostRows || !SkipToken.TryRead(options?["$skipToken"]?.GetValue<string>(), out var skip))
        {
            return Invalid($"$top is 1 to {MostRows}, $skipToken one that this service gave.");
        }

        try
        {
            var query = GraphQuery.Parse(text);
            var rows = query.Run(GraphTables.Rows(estate, query.Table, Subscriptions(body))).ToList();
            return Answer(rows, skip, top, faults.OfType<TruncateResult>().FirstOrDefault());
        }
        catch (FormatException exception)
        {
            return Invalid(exception.Message);
        }
    }

    private IReadOnlyList<string> Subscriptions(JsonObject body) =>
        body["subscriptions"] is JsonArray named ? [.. named.Select(each => each!.GetValue<string>())] : estate.Hierarchy.Subscriptions;

    private static SandboxAnswer Answer(List<JsonObject> rows, int skip, int top, TruncateResult? cut)
    {
        var page = rows.Skip(skip).Take(cut?.Rows ?? top).ToList();
        var hasMore = cut is null && skip + page.Count < rows.Count;
        var answer = SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("totalRecords", rows.Count);
            writer.WriteNumber("count", page.Count);
            writer.WriteStartArray("data");
            foreach (var row in page)
            {
                row.WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("facets");
            writer.WriteEndArray();
            writer.WriteString("resultTruncated", hasMore || cut is not null ? "true" : "false");
            if (hasMore)
            {
                writer.WriteString("$skipToken", SkipToken.Of(skip + page.Count));
            }

            writer.WriteEndObject();
        });
        return answer;
    }

    private static JsonObject? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SandboxAnswer Invalid(string message) => SandboxAnswer.Error(400, "BadRequest", message);
}
