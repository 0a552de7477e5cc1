using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>Sends signed JSON to a webhook of anybody's.</summary>
internal sealed class WebhookSender(AlertHttp http, AlertSettings settings, TimeProvider time) : IAlertSender
{
    public string Type => AlertChannelBinding.Webhook;

    public async Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        var (address, noAddress) = settings.Address(channel);
        var (key, noKey) = settings.Key(channel);
        if (address is null || key is null)
        {
            return new Delivery.Failed(address is null ? noAddress : noKey);
        }

        var body = AlertText.Bytes(WebhookBody.Of(message));
        return await http.PostAsync(address, body, WebhookBody.Sign(message, body, key, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }
}
