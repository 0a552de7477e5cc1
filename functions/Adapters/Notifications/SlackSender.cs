using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>Sends blocks to an incoming webhook of Slack.</summary>
internal sealed class SlackSender(AlertHttp http, AlertSettings settings) : IAlertSender
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    public string Type => AlertChannelBinding.Slack;

    public async Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        var (address, problem) = settings.Address(channel);
        return address is null
            ? new Delivery.Failed(problem)
            : await http.PostAsync(address, AlertText.Bytes(SlackBlocks.Of(message)), NoHeaders, cancellationToken).ConfigureAwait(false);
    }
}
