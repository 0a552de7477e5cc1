namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>Messages that nobody could handle.</summary>
public sealed record PoisonFacts(int Messages);
