namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>Other bounds a person gave a target for a while, or took back.</summary>
public sealed record OverrideFacts(bool IsSet, string Reason, DateTimeOffset? Until, int? Minimum, int? Maximum);
