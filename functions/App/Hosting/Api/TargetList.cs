using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>All targets and how the fleet stands.</summary>
internal sealed record TargetList(
    DateTimeOffset Now, DateTimeOffset? LastTickAt, KillSwitch KillSwitch, IReadOnlyList<TargetView> Targets)
{
    /// <summary>What this installation may do at most.</summary>
    public required PolicyMode Mode { get; init; }

    /// <summary>Absent before the first tick.</summary>
    public required DateTimeOffset? NextTickAt { get; init; }

    /// <summary>Whether the time told is that of a simulation.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>A loss of resources that nobody has explained; absent when nothing is missing.</summary>
    public required InventoryShrink? Shrink { get; init; }

    /// <summary>That the policy files cannot be used, and which set is in force in their place; absent when they can.</summary>
    public PolicyTrouble? PolicyTrouble { get; init; }

    /// <summary>That policy files wait which would govern far fewer resources, until when, and what they would not; absent when none do.</summary>
    public NarrowedPolicies? Narrowing { get; init; }

    /// <summary>A changed set of policies on its way from ring to ring, or halted; absent when the set in force counts for all.</summary>
    public RolloutView? Rollout { get; init; }

    /// <summary>Requests that wait for a person; <c>GET approvals</c> tells them.</summary>
    public int ApprovalsPending { get; init; }

    /// <summary>Resources whose capacity somebody else sets; <c>GET left-alone</c> tells which.</summary>
    public required int LeftAlone { get; init; }

    /// <summary>Lowerings beyond the cap that a person allowed; absent when none are.</summary>
    public required LoweringApproval? Approval { get; init; }
}
