namespace ScaleFunctions.Core.Policies;

/// <summary>When nobody needs a workload (<c>kind: UsageOptimization</c>).</summary>
public sealed record UsageOptimizationPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    public required OffHoursTerms OffHours { get; init; }

    /// <summary>Absent when nothing is told of what stands about.</summary>
    public UsageFindingsPolicy? Findings { get; init; }

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
