using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>The policies of a directory, and the mark by which a change of its files since then is noticed.</summary>
internal sealed record PolicySnapshot(PolicySet Policies, string Stamp)
{
    /// <summary>The files as they were read.</summary>
    public IReadOnlyList<PolicyFile> Files { get; init; } = [];

    /// <summary>Why there are none; absent when there are.</summary>
    public string? Trouble { get; init; }
}
