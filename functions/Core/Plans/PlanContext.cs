using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>All that guards may depend on.</summary>
public sealed record PlanContext
{
    public required DateTimeOffset Now { get; init; }

    public required ObservedTarget Target { get; init; }

    /// <summary>Who sets the target's capacity, by all that is known; what the inventory found unless something else tells.</summary>
    public CapacityOwner Owner { get => field ?? Target.Owner; init; }

    public required HorizontalScalingPolicy Horizontal { get; init; }

    public required PolicyMode Mode { get; init; }

    /// <summary>What the installation allows at most; observe until an operator says otherwise.</summary>
    public required PolicyMode ModeCeiling { get; init; }

    public required WriteStop Stop { get; init; }

    /// <summary>Whether it is done only where it is known that it can be taken back: elsewhere what is not known holds nothing.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>A direction that a person holds by having taken a change back; may be over.</summary>
    public DirectionHold? Hold { get; init; }

    /// <summary>The kind of the target, where a policy declares it.</summary>
    public ResourceKindPolicy? Declared { get; init; }

    /// <summary>How the count is changed.</summary>
    public Actuator Actuator { get; init; } = Actuator.Direct;

    /// <summary>Azure's own autoscale where that is steered; null where the count itself is written.</summary>
    public NativeAutoscale.Steerable? Steered => Actuator == Actuator.Direct ? null : Target.Native as NativeAutoscale.Steerable;

    /// <summary>Times in which changes are held back.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    /// <summary>The guardrails that bound the target's workload.</summary>
    public IReadOnlyList<GuardrailsPolicy> Guardrails { get; init; } = [];

    /// <summary>What may still be added under each of them that caps a fleet.</summary>
    public IReadOnlyList<FleetRoom> Rooms { get; init; } = [];

    /// <summary>What Azure is known to refuse.</summary>
    public Preflight Preflight { get; init; } = Preflight.Nothing;

    public TargetHistory History { get; init; } = TargetHistory.Empty;

    /// <summary>Which sizes the target may have; absent when the size is left as it is.</summary>
    public VerticalScalingPolicy? Vertical { get; init; }

    /// <summary>On which terms its size may be changed, whichever policy wants another one; absent when none does.</summary>
    public SizeTerms? SizeTerms { get => field ?? Vertical?.Terms; init; }

    /// <summary>What the target remembers of its sizes.</summary>
    public SizeHistory SizeHistory { get; init; } = SizeHistory.Empty;

    /// <summary>The size that is being brought to the instances now; absent when none is.</summary>
    public string? RollsOut { get; init; }

    /// <summary>Whether it is a machine that is stopped for another size, and is started by whoever does that.</summary>
    public bool IsRestaged { get; init; }

    /// <summary>What Azure says of the sizes of the instances; absent as long as it was not asked.</summary>
    public SizeReading? Sizing { get; init; }

    /// <summary>What the metrics of the guard say; absent as long as they were not read.</summary>
    public GuardStanding? Guard { get; init; }

    /// <summary>The busiest hour of a day; absent where that is not known.</summary>
    public PeakHour? Peak { get; init; }

    /// <summary>A size that has yet to be seen in the busiest hour; absent when there is none.</summary>
    public AwaitedPeak? PeakAhead { get; init; }

    /// <summary>The action on the target that has not ended yet.</summary>
    public OpenAction? Open { get; init; }

    /// <summary>That Azure refused the last writes; absent when it did not.</summary>
    public PastRefusal? Refused { get; init; }

    /// <summary>That a person has to look before anything is changed again; absent when nobody has to.</summary>
    public TargetQuarantine? Quarantine { get; init; }

    /// <summary>Since when somebody else's operation is known to run; absent when that is not known.</summary>
    public DateTimeOffset? ForeignSince { get; init; }

    /// <summary>Sizes that Azure has just had no more of.</summary>
    public IReadOnlyList<SizeShortage> Shortages { get; init; } = [];

    /// <summary>What is known now of what may make Azure answer otherwise.</summary>
    public RefusalGrounds Grounds { get; init; } = RefusalGrounds.None;

    /// <summary>Why the inventory is unfit for lowering; empty when it is complete.</summary>
    public string InventoryDoubt { get; init; } = "";

    /// <summary>Instances that reported lately, when a signal could be read.</summary>
    public double? Reporting { get; init; }

    /// <summary>The last fall of the capacity that was not ours; absent when there was none, or it is known whose it was.</summary>
    public CapacityFall? Fall { get; init; }

    /// <summary>That a budget lets nothing be added; absent when none does.</summary>
    public BudgetFreeze? BudgetFreeze { get; init; }

    /// <summary>The maximum that a budget lowered it to; absent when none did.</summary>
    public int? BudgetMaximum { get; init; }

    /// <summary>How long a plan may wait to be carried out: two ticks.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(2);
}
