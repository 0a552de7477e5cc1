using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>The policies of a place, and the mark by which a change of its files since then is noticed.</summary>
internal sealed record PolicySnapshot(PolicySet Policies, string Stamp)
{
    /// <summary>The files as they were read.</summary>
    public IReadOnlyList<PolicyFile> Files { get; init; } = [];

    /// <summary>Where they were read, for people.</summary>
    public string Place { get; init; } = "";

    /// <summary>When they were read, in the time of the run; absent where nobody compares it.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Why there are none; absent when there are.</summary>
    public string? Trouble { get; init; }

    /// <summary>Why the set cannot be used; nothing when it can.</summary>
    public string? WhyNot => Trouble
        ?? (Policies.AreBoundsLost ? "guardrails or a change calendar may stand in files that cannot be read"
        : Policies.Workloads.Count == 0 ? "no usable Workload is left"
        : Policies.HorizontalScaling.Count == 0 ? "no usable HorizontalScaling is left"
        : null);
}
