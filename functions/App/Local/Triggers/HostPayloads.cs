using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local.Triggers;

/// <summary>
/// Bodies as the Functions host 4 posts them to a custom handler: objects as they are, everything else as JSON text in a
/// string, a queue's text even twice.
/// </summary>
internal static class HostPayloads
{
    public static string Timer(FunctionFile function, DateTimeOffset last, DateTimeOffset next, bool isPastDue, DateTimeOffset now) =>
        new JsonObject
        {
            ["Data"] = new JsonObject
            {
                [function.BindingName] = new JsonObject
                {
                    ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                    ["ScheduleStatus"] = new JsonObject { ["Last"] = Stamp(last), ["Next"] = Stamp(next), ["LastUpdated"] = Stamp(last) },
                    ["IsPastDue"] = isPastDue,
                },
            },
            ["Metadata"] = new JsonObject { ["sys"] = System(function, now) },
        }.ToJsonString();

    public static string Queue(FunctionFile function, ReceivedWork work, DateTimeOffset now) =>
        new JsonObject
        {
            ["Data"] = new JsonObject { [function.BindingName] = Text(work.Body) },
            ["Metadata"] = new JsonObject
            {
                ["Id"] = Text(work.Id),
                ["DequeueCount"] = work.DequeueCount.ToString(CultureInfo.InvariantCulture),
                ["PopReceipt"] = Text(work.PopReceipt),
                ["InsertionTime"] = Stamp(work.InsertedAt),
                ["ExpirationTime"] = Stamp(work.ExpiresAt),
                ["NextVisibleTime"] = Stamp(work.NextVisibleAt),
                ["sys"] = System(function, now),
            },
        }.ToJsonString();

    public static string Event(FunctionFile function, JsonElement occurrence, DateTimeOffset now)
    {
        var metadata = new JsonObject { ["sys"] = System(function, now) };
        if (occurrence.TryGetProperty("data", out var data))
        {
            metadata["data"] = JsonNode.Parse(data.GetRawText());
        }

        return new JsonObject
        {
            ["Data"] = new JsonObject { [function.BindingName] = JsonNode.Parse(occurrence.GetRawText()) },
            ["Metadata"] = metadata,
        }.ToJsonString();
    }

    private static JsonObject System(FunctionFile function, DateTimeOffset now) => new()
    {
        ["MethodName"] = function.Name,
        ["UtcNow"] = Stamp(now),
        ["RandGuid"] = Guid.NewGuid().ToString(),
    };

    private static string Text(string value) => JsonSerializer.Serialize(value, TextJson.Default.String);

    private static string Stamp(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
