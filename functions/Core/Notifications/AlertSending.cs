namespace ScaleFunctions.Core.Notifications;

/// <summary>What came of sending what was due.</summary>
/// <param name="Sent">Messages that arrived.</param>
/// <param name="Failed">Messages that are tried again.</param>
/// <param name="Undelivered">Messages that were given up, now or before, and are kept.</param>
/// <param name="GivenUp">Those given up now: to which channel, and why; for people, without address and key.</param>
public sealed record AlertSending(int Sent, int Failed, int Undelivered, IReadOnlyList<string> GivenUp);
