using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Local;

/// <summary>Tells at the terminal what would be sent to a channel that is not set up on this machine; to one that is, it is sent.</summary>
internal sealed class LocalAlertSender(IAlertSender inner) : IAlertSender
{
    public string Type => inner.Type;

    public async Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        var isSetUp = channel.Setting.Length == 0 || Environment.GetEnvironmentVariable(channel.Setting) is { Length: > 0 };
        if (isSetUp && await inner.SendAsync(channel, message, cancellationToken) is var delivery && (delivery is Delivery.Done || channel.Setting.Length > 0))
        {
            return delivery;
        }

        Terminal.Note($"alert to {(message.Owner.Length == 0 ? "the platform" : message.Owner)} by {channel.Type}: {message.Title}");
        return new Delivery.Done();
    }
}
