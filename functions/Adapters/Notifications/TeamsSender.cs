using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>Sends cards to the webhook of a Teams workflow.</summary>
internal sealed class TeamsSender(AlertHttp http, AlertSettings settings) : IAlertSender
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    public string Type => AlertChannelBinding.Teams;

    public async Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        var (address, problem) = settings.Address(channel);
        return address is null
            ? new Delivery.Failed(problem)
            : await http.PostAsync(address, AlertText.Bytes(TeamsCard.Of(message)), NoHeaders, cancellationToken).ConfigureAwait(false);
    }
}
