using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>How far an action has got.</summary>
public sealed record PhaseFacts(long Epoch, int From, int Goal, Uri? Operation)
{
    /// <summary>The autoscale setting whose floor the numbers are; absent when they are counts.</summary>
    public TargetId? Setting { get; init; }

    /// <summary>The size that is asked for; absent when it is none.</summary>
    public string? Size { get; init; }
}
