using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Messaging.EventGrid;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Events;

/// <summary>Publishes what is said of budgets to a custom topic of Event Grid, with our own identity.</summary>
public sealed class EventGridBudgetEvents : IBudgetEvents
{
    /// <summary>An action group waits for ten seconds, and calls again.</summary>
    private const int Retries = 2;

    private readonly EventGridPublisherClient _client;

    /// <param name="topic">The topic's endpoint, https://NAME.REGION-1.eventgrid.azure.net/api/events.</param>
    /// <param name="credential">The identity that may publish.</param>
    /// <param name="transport">How it is reached, where that is not the usual way.</param>
    /// <exception cref="ArgumentException">It is no topic of Event Grid.</exception>
    public EventGridBudgetEvents(Uri topic, TokenCredential credential, HttpPipelineTransport? transport = null)
    {
        if (!IsTopic(topic))
        {
            throw new ArgumentException($"'{topic}' is no topic of Event Grid; expected {EventGridTopic.Form}", nameof(topic));
        }

        _client = EventGridTopic.Client(topic, credential, transport, Retries);
    }

    public static bool IsTopic(Uri address) => EventGridTopic.IsTopic(address);

    public async Task PublishAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await _client.SendEventAsync(
                new EventGridEvent(signal.Budget, BudgetSignal.EventType, BudgetSignal.DataVersion, BinaryData.FromString(signal.ToJson())) { Id = id, EventTime = at },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RequestFailedException or Azure.Identity.AuthenticationFailedException)
        {
            throw new BudgetEventException($"Event Grid did not take it: {exception.Message}", exception);
        }
    }
}
