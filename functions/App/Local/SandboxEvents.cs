using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Local;

/// <summary>Tells the app of every change of the simulated Azure, ours included, as Azure's own events would.</summary>
internal sealed class SandboxEvents(SandboxServer server, LocalTriggerHost host)
{
    private const string Function = "ResourceEvent";

    private long _told;

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var news = server.Writes.Effective.Where(write => write.Sequence > _told).ToList();
        if (news.Count == 0)
        {
            return;
        }

        _told = news[^1].Sequence;
        using var delivery = JsonDocument.Parse(new JsonArray([.. news.Select(Event)]).ToJsonString());
        await host.DeliverEventsAsync(Function, delivery.RootElement, cancellationToken);
    }

    private static JsonNode Event(WriteRecord write)
    {
        // What a resource was asked to do stands behind its id.
        var isAction = !TargetId.TryParse(write.Path, out var target);
        var action = isAction ? write.Path[(write.Path.LastIndexOf('/') + 1)..] : "";
        target ??= TargetId.Parse(write.Path[..write.Path.LastIndexOf('/')]);
        return new JsonObject
        {
            ["id"] = $"sandbox-{write.Sequence}",
            ["topic"] = string.Join('/', write.Path.Split('/').Take(3)),
            ["subject"] = target.Value,
            ["eventType"] = isAction ? "Microsoft.Resources.ResourceActionSuccess" : "Microsoft.Resources.ResourceWriteSuccess",
            ["eventTime"] = write.At.UtcDateTime.ToString("O"),
            ["data"] = new JsonObject
            {
                ["resourceUri"] = target.Value,
                ["operationName"] = isAction ? $"{target.ResourceType}/{action}/action" : $"{target.ResourceType}/write",
                ["status"] = "Succeeded",
            },
            ["dataVersion"] = "2",
            ["metadataVersion"] = "1",
        };
    }
}
