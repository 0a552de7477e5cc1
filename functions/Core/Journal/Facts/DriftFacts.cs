namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>A capacity that changed without us.</summary>
public sealed record DriftFacts(int Expected, int Found);
