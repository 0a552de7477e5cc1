using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Messaging.EventGrid;
using ScaleFunctions.Adapters.Events;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>Publishes alerts to a topic of Event Grid: under the key of the channel, else with the app's identity.</summary>
/// <param name="settings">Where topic and key are.</param>
/// <param name="credential">The identity that may publish; absent where there is none, as on a laptop.</param>
/// <param name="transport">How topics are reached, where that is not the usual way.</param>
internal sealed class EventGridSender(AlertSettings settings, TokenCredential? credential = null, HttpPipelineTransport? transport = null) : IAlertSender
{
    /// <summary>The type of the event; its data are those of a webhook's body, docs/alerts.md.</summary>
    public const string EventType = "ScaleFunctions.Alert";

    public const string DataVersion = "1";

    public string Type => AlertChannelBinding.EventGrid;

    public async Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        var (address, noAddress) = settings.Address(channel);
        if (address is null)
        {
            return new Delivery.Failed(noAddress);
        }

        if (!EventGridTopic.IsTopic(address))
        {
            return new Delivery.Failed($"the setting holds no topic of Event Grid; expected {EventGridTopic.Form}", IsFinal: true);
        }

        var (client, noClient) = Client(address, channel);
        if (client is null)
        {
            return new Delivery.Failed(noClient);
        }

        try
        {
            await client.SendEventAsync(Of(message), cancellationToken).ConfigureAwait(false);
            return new Delivery.Done();
        }
        catch (RequestFailedException exception)
        {
            return new Delivery.Failed(exception.Status == 0 ? "no connection" : $"{exception.Status}: {exception.ErrorCode}", IsFinal: exception.Status is 400 or 404 or 413);
        }
        catch (AuthenticationFailedException)
        {
            return new Delivery.Failed("the app's identity gets no token for Event Grid");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery.Failed("no answer in time");
        }
    }

    /// <summary>The subject is what it is about, so that subscriptions can filter; of a digest that of the first alert.</summary>
    private static EventGridEvent Of(AlertMessage message) => new(
        message.Alerts[0].About, EventType, DataVersion, BinaryData.FromBytes(AlertText.Bytes(WebhookBody.Of(message))))
    {
        Id = WebhookBody.IdOf(message),
        EventTime = message.Alerts.Max(alert => alert.At),
    };

    // No tries of its own: the outbox has them, with pauses that outlast a trouble.
    private (EventGridPublisherClient? Client, string Problem) Client(Uri topic, AlertChannel channel)
    {
        if (channel.KeySetting.Length > 0)
        {
            var (key, problem) = settings.Key(channel);
            return key is null ? (null, problem) : (EventGridTopic.Client(topic, key, transport, retries: 0), "");
        }

        return credential is null
            ? (null, "there is no identity to publish with; name the app setting that holds a key with 'keySetting'")
            : (EventGridTopic.Client(topic, credential, transport, retries: 0), "");
    }
}
