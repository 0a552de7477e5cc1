using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Events;

/// <summary>
/// Custom topics of Event Grid as publishers see them: any name is one, and takes events of Event Grid's own schema under a token or the
/// key of topics. Who delivers them to a subscriber takes them out here (learn.microsoft.com/azure/event-grid/post-to-custom-topic).
/// </summary>
public sealed class SimulatedTopics
{
    /// <summary>Opens every topic of a sandbox, and nothing at Azure.</summary>
    public const string Key = "the-key-of-the-sandbox-topics-000";

    internal const string HostSuffix = ".eventgrid.azure.net";

    private const string Version = "2018-01-01";

    private static readonly string[] Required = ["id", "subject", "eventType", "eventTime", "data", "dataVersion"];

    private readonly Lock _gate = new();
    private readonly List<PublishedEvent> _waiting = [];

    /// <summary>Takes out what was published to a topic, in its order, as a subscriber gets it.</summary>
    public IReadOnlyList<JsonObject> TakeOut(string topic)
    {
        lock (_gate)
        {
            var taken = _waiting.Where(each => each.Topic == topic).Select(each => each.Event).ToList();
            _waiting.RemoveAll(each => each.Topic == topic);
            return taken;
        }
    }

    internal SandboxAnswer Take(SandboxRequest request, RequestRoute route)
    {
        if (request.Principal is null && request.Header("aeg-sas-key") != Key)
        {
            return SandboxAnswer.Error(401, "Unauthorized", "The request has neither a token nor the key of the topic.");
        }

        if (request.Parameter("api-version") != Version)
        {
            return SandboxAnswer.Error(400, "BadRequest", $"The api-version has to be {Version}.");
        }

        if (Read(request.Body) is not { } events)
        {
            return SandboxAnswer.Error(400, "BadRequest", $"The body has to be an array of events, each with {string.Join(", ", Required)}.");
        }

        lock (_gate)
        {
            // What only Event Grid knows it adds itself.
            foreach (var each in events)
            {
                each["topic"] = $"/subscriptions/sandbox/resourceGroups/sandbox/providers/Microsoft.EventGrid/topics/{route.Name}";
                each["metadataVersion"] = "1";
                _waiting.Add(new PublishedEvent(route.Name, each));
            }
        }

        return SandboxAnswer.Empty(200);
    }

    private static List<JsonObject>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var sent = JsonNode.Parse(body.Span) as JsonArray ?? [];
            List<JsonObject> events = [.. sent.Select(each => each?.DeepClone()).OfType<JsonObject>().Where(each => Required.All(each.ContainsKey))];
            return events.Count > 0 && events.Count == sent.Count ? events : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record PublishedEvent(string Topic, JsonObject Event);
}
