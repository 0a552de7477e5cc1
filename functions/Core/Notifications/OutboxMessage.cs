namespace ScaleFunctions.Core.Notifications;

/// <summary>A message in the outbox, by a name that people can type.</summary>
public sealed record OutboxMessage(string Id, OutboxEntry Entry);
