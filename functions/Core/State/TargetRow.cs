using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>
/// Everything remembered of one target, in one row that is only written conditionally on its version. The open intent
/// is part of it: whoever changes the row in between, a person's pause included, makes the action fail to open or send.
/// </summary>
public sealed record TargetRow
{
    public required TargetId Target { get; init; }

    /// <summary>Set by the store: 0 for a row not written yet.</summary>
    public long Version { get; init; }

    /// <summary>Number of the last action opened on this target; never falls.</summary>
    public long Epoch { get; init; }

    public Intent? Intent { get; init; }

    public PendingCheck? Check { get; init; }

    /// <summary>A new size on its way to the instances.</summary>
    public RollOut? RollOut { get; init; }

    /// <summary>A machine that is stopped, resized and started.</summary>
    public Restage? Restage { get; init; }

    /// <summary>A size that has yet to be seen in the busiest hour.</summary>
    public PeakLook? Peak { get; init; }

    /// <summary>A size that waits for enough instances; its number is the least there may be meanwhile.</summary>
    public JointMove? Joint { get; init; }

    /// <summary>What size and count together should be, as was last found.</summary>
    public SizeWish? Wish { get; init; }

    /// <summary>What is remembered of its sizes.</summary>
    public SizeHistory Sizes { get => field ?? SizeHistory.Empty; init; } = SizeHistory.Empty;

    /// <summary>What was last decided on its size; absent where none is.</summary>
    public SizeStanding? Sizing { get; init; }

    /// <summary>That Azure refused the last writes of its count; absent when it did not.</summary>
    public PastRefusal? Refusal { get; init; }

    /// <summary>The last actions that failed for a reason that does not pass by itself, oldest first; may be long ago.</summary>
    public IReadOnlyList<FailedAction> Failures { get => field ?? []; init; } = [];

    /// <summary>That nothing is changed until a person ends it; absent when it is not so.</summary>
    public TargetQuarantine? Quarantine { get; init; }

    /// <summary>The operation of somebody else that was seen to run; absent when none does.</summary>
    public ForeignOperation? Foreign { get; init; }

    public TargetPause? Pause { get; init; }

    /// <summary>A direction that is held since a person took a change of it back; may be over.</summary>
    public DirectionHold? Hold { get; init; }

    /// <summary>Other bounds for a while; may be over.</summary>
    public BoundsOverride? Override { get; init; }

    /// <summary>What it was before off-hours, as long as it is not that again; absent when nothing was taken away.</summary>
    public OffMemory? Off { get; init; }

    /// <summary>Off-hours that begin later for once; may be over.</summary>
    public Snooze? Snooze { get; init; }

    /// <summary>Instances that a budget took away, or is giving back; absent when it did not.</summary>
    public BudgetStand? Budget { get; init; }

    /// <summary>The size it had before a budget gave it a cheaper one; absent when none did, or it has it again.</summary>
    public BudgetSize? BudgetSize { get; init; }

    public TargetHistory History { get; init; } = TargetHistory.Empty;

    /// <summary>The capacity last seen or written, to notice changes that are not ours.</summary>
    public int? LastKnownCapacity { get; init; }

    /// <summary>When it was: what was seen before tells nothing new, however late it is told.</summary>
    public DateTimeOffset? LastKnownAt { get; init; }

    /// <summary>What our last action asked for, as long as nobody changed it since.</summary>
    public int? OwnCapacity { get; init; }

    /// <summary>The last times somebody set a capacity of ours to another one, oldest first.</summary>
    public IReadOnlyList<PastReset> Resets { get => field ?? []; init; } = [];

    /// <summary>The last change that was not ours, as long as it is not known whose; absent when there is none.</summary>
    public UnexplainedDrift? Unexplained { get; init; }

    public DateTimeOffset? EvaluatedAt { get; init; }

    /// <summary>How it fares with the policies that decide on it; absent before the first evaluation.</summary>
    public PolicyTrial? Trial { get; init; }

    /// <summary>How it stood then; absent before the first evaluation.</summary>
    public TargetStanding? Standing { get; init; }

    /// <summary>The load of the last hours, where it is forecast.</summary>
    public LoadRecord? Load { get; init; }

    /// <summary>Seconds from asking for more instances until all of them served, of the last raises, oldest first.</summary>
    public IReadOnlyList<double> StartSeconds { get => field ?? []; init; } = [];

    /// <summary>The latest decisions, oldest first; the last one is still growing.</summary>
    public IReadOnlyList<DecisionSpan> Spans { get => field ?? []; init; } = [];

    public JournalHead Journal { get; init; } = JournalHead.Empty;

    /// <summary>Whether something was begun that has to be gone on with, whatever policies say since.</summary>
    public bool IsUnderWay(DateTimeOffset now) =>
        Intent is not null || Check is not null || RollOut is not null || Restage is not null || (Peak is { } peak && peak.From <= now);
}
