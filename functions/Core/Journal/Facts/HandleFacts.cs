namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>What a person did with a handle: pause, resume, kill switch.</summary>
public sealed record HandleFacts(bool IsSet, string Reason, DateTimeOffset? Until);
