using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>Times in which the platform wants no changes (<c>kind: ChangeCalendar</c>).</summary>
public sealed record ChangeCalendarPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Names of the workloads it holds; empty for all.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    public required IReadOnlyList<Freeze> Freezes { get; init; }

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    public bool Holds(string workload) => Workloads.Count == 0 || Workloads.Contains(workload, StringComparer.Ordinal);
}
