namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>A capacity that changed without us.</summary>
public sealed record DriftFacts(int Expected, int Found)
{
    /// <summary>Who did it, where an earlier entry told that it happened; absent in that one.</summary>
    public string? Who { get; init; }
}
