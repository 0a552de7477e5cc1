namespace ScaleFunctions.Core.Cycle;

/// <summary>A message as it was received.</summary>
/// <param name="Kind">The queue it came from.</param>
/// <param name="Id">The same at every delivery.</param>
/// <param name="Body">What was sent.</param>
/// <param name="DequeueCount">How often it was delivered, this time included.</param>
/// <param name="InsertedAt">When it was sent.</param>
/// <param name="ExpiresAt">Not delivered again from then on.</param>
/// <param name="NextVisibleAt">When the lease ends and it is delivered again.</param>
/// <param name="PopReceipt">Proves the lease; another delivery has another one.</param>
public sealed record ReceivedWork(
    WorkKind Kind,
    string Id,
    string Body,
    int DequeueCount,
    DateTimeOffset InsertedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset NextVisibleAt,
    string PopReceipt);
