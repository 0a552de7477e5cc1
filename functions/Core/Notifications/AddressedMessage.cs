using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Notifications;

/// <summary>A message, and the channels it goes to.</summary>
public sealed record AddressedMessage(AlertMessage Message, IReadOnlyList<AlertChannel> Channels);
