using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>How an action, or the check after it, ended.</summary>
public sealed record EndFacts(long Epoch, string End, int From, int Goal, double? Seconds)
{
    /// <summary>The autoscale setting whose floor the numbers are; absent when they are counts.</summary>
    public TargetId? Setting { get; init; }

    /// <summary>The size that was asked for; absent when it was none.</summary>
    public string? Size { get; init; }
}
