using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local;

/// <summary>Stands in for the topic of Event Grid: what was published is delivered to the function by the local trigger host.</summary>
internal sealed class LocalBudgetEvents : IBudgetEvents
{
    private const string Function = "BudgetEvent";

    private readonly ConcurrentQueue<JsonObject> _published = new();

    public Task PublishAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _published.Enqueue(new JsonObject
        {
            ["id"] = id,
            ["topic"] = "/subscriptions/local/resourceGroups/local/providers/Microsoft.EventGrid/topics/budgets",
            ["subject"] = signal.Budget,
            ["eventType"] = BudgetSignal.EventType,
            ["eventTime"] = at.UtcDateTime.ToString("O"),
            ["data"] = JsonNode.Parse(signal.ToJson()),
            ["dataVersion"] = BudgetSignal.DataVersion,
            ["metadataVersion"] = "1",
        });
        return Task.CompletedTask;
    }

    /// <summary>Delivers what was published, and lets what it leads to run to its end.</summary>
    public async Task DeliverAsync(LocalTriggerHost host, CancellationToken cancellationToken)
    {
        if (_published.IsEmpty)
        {
            return;
        }

        List<JsonNode> events = [];
        while (_published.TryDequeue(out var next))
        {
            events.Add(next);
        }

        using var delivery = JsonDocument.Parse(new JsonArray([.. events]).ToJsonString());
        await host.DeliverEventsAsync(Function, delivery.RootElement, cancellationToken);
        await host.StepAsync(cancellationToken);
    }
}
