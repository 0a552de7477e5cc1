namespace ScaleFunctions.Core.Policies;

/// <summary>How a workload follows its load (<c>kind: LoadBasedScaling</c>).</summary>
public sealed record LoadBasedScalingPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    public required IReadOnlyList<SignalPolicy> Signals { get; init; }

    public required IReadOnlyList<TargetTrackingPolicy> TargetTracking { get; init; }

    /// <summary>Steps beside, or instead of, target tracking.</summary>
    public IReadOnlyList<StepPolicy> Steps { get; init; } = [];

    /// <summary>Signals that forbid scaling in.</summary>
    public IReadOnlyList<VetoPolicy> Vetoes { get; init; } = [];

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
