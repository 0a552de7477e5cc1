namespace ScaleFunctions.Core.Policies;

/// <summary>Of which resources it is told that they stand about (<c>findings</c> of <c>kind: UsageOptimization</c>). Without <see cref="Act"/> it changes nothing in Azure.</summary>
public sealed record UsageFindingsPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to tell; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload whose policy it is.</summary>
    public string Workload { get; init; } = "";

    /// <summary>What is looked at, of any type.</summary>
    public required TargetSelector Select { get; init; }

    /// <summary>How long after it was first seen it is told: what is taken apart today is often gone tomorrow.</summary>
    public TimeSpan NotifyAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a machine has to be deallocated.</summary>
    public TimeSpan DeallocatedAfter { get; init; } = TimeSpan.FromDays(30);

    public TimeSpan SnapshotsOlderThan { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Percent of the processors. Advisor calls a machine idle below 3: learn.microsoft.com/azure/advisor/advisor-cost-recommendations.</summary>
    public double IdleBelow { get; init; } = 3;

    /// <summary>How far back processors are looked at.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromDays(7);

    /// <summary>ISO 4217 code of the amounts.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>What is done about idle machines and plans; absent: nothing, they are told.</summary>
    public FindingsActTerms? Act { get; init; }

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
