using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.State;

/// <summary>What concerns all targets, in one row written conditionally on its version.</summary>
public sealed record FleetRow
{
    /// <summary>Set by the store: 0 for a row not written yet.</summary>
    public long Version { get; init; }

    public KillSwitch KillSwitch { get; init; } = KillSwitch.NeverSet;

    /// <summary>Absent when nobody approved lowerings beyond the cap.</summary>
    public LoweringApproval? Approval { get; init; }

    /// <summary>Targets that are lowered by hand just now.</summary>
    public IReadOnlyList<LoweringClaim> LoweringClaims { get => field ?? []; init; } = [];

    /// <summary>What people are or were asked for, oldest first; the last ones.</summary>
    public IReadOnlyList<ApprovalRow> Approvals { get => field ?? []; init; } = [];

    /// <summary>Sizes that Azure had no more of lately, by place.</summary>
    public IReadOnlyList<SizeShortage> Shortages { get => field ?? []; init; } = [];

    /// <summary>What Azure forbids on targets, by subscription and type; told already.</summary>
    public IReadOnlyList<WriteDenial> Denials { get => field ?? []; init; } = [];

    /// <summary>Where more is spent than usual, oldest first.</summary>
    public IReadOnlyList<SpendAnomaly> SpendAnomalies { get => field ?? []; init; } = [];

    /// <summary>Hash of the policy set in force.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>Hash of what the policy files last said that could be used; empty before anybody noted it.</summary>
    public string PolicyFilesVersion { get => field ?? ""; init; } = "";

    /// <summary>The kept set that a person put in their place; absent when none.</summary>
    public ChosenPolicies? Choice { get; init; }

    /// <summary>That the policy files cannot be used and an earlier set is in force; absent when they can.</summary>
    public PolicyTrouble? PolicyTrouble { get; init; }

    /// <summary>A changed set on its way from ring to ring; absent when what is in force counts for all.</summary>
    public PolicyRollout? Rollout { get; init; }

    /// <summary>That policies wait which would govern far fewer resources; absent when none do.</summary>
    public NarrowedPolicies? Narrowing { get; init; }

    /// <summary>Messages put aside because nobody could handle them, as last told.</summary>
    public int PoisonedMessages { get; init; }

    /// <summary>Alerts that were given up and are kept, as last counted.</summary>
    public int UndeliveredAlerts { get; init; }

    /// <summary>Absent when the inventory holds what it held before.</summary>
    public InventoryShrink? Shrink { get; init; }

    /// <summary>When the last tick began.</summary>
    public DateTimeOffset? LastTickAt { get; init; }

    /// <summary>When a tick was last seen to have finished: all its batches had reported. Absent before the first one.</summary>
    public DateTimeOffset? TickFinishedAt { get; init; }

    /// <summary>Where the ends of all chains were last written down; absent before the first time.</summary>
    public JournalAnchor? Anchor { get; init; }

    public JournalHead Journal { get; init; } = JournalHead.Empty;
}
