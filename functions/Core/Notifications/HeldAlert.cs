using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Notifications;

/// <summary>An alert that waits for a digest, and where it is to go.</summary>
public sealed record HeldAlert(Alert Alert, IReadOnlyList<AlertChannel> Channels);
