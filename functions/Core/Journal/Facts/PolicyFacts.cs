namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>A policy set that was loaded.</summary>
public sealed record PolicyFacts(string Version, int Documents, IReadOnlyList<string> Errors);
