using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Notifications;

/// <summary>Sends messages to channels of one type.</summary>
public interface IAlertSender
{
    /// <summary>The type of <see cref="AlertChannel"/> it is for.</summary>
    string Type { get; }

    /// <summary>Tries once. Whatever goes wrong is <see cref="Delivery.Failed"/>, never an exception.</summary>
    Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken);
}
