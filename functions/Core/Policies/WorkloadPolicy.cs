namespace ScaleFunctions.Core.Policies;

/// <summary>A named set of targets (<c>kind: Workload</c>).</summary>
public sealed record WorkloadPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    public required TargetSelector Select { get; init; }

    public PolicyMode Mode { get; init; } = PolicyMode.Observe;

    public Actuator Actuator { get; init; }

    /// <summary>Whether budgets leave it what its forecast needs, and do not stop it.</summary>
    public bool IsCritical { get; init; }

    public required PolicySource Source { get; init; }

    /// <summary>What guardrails made of it.</summary>
    public IReadOnlyList<PolicyNarrowing> Narrowings { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
