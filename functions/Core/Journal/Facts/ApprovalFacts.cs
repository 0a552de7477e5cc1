namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>What became of a request for an approval.</summary>
/// <param name="Id">The request.</param>
/// <param name="Kind">What kind of thing is asked for.</param>
/// <param name="What">Asked, Approved, BreakGlass, Denied, Void.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="ExpiresAt">When silence means no.</param>
public sealed record ApprovalFacts(string Id, string Kind, string What, string RequestedBy, DateTimeOffset ExpiresAt);
