using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What is the same for all targets in one tick.</summary>
public sealed record TickContext
{
    public required DateTimeOffset Now { get; init; }

    public required PolicyMode ModeCeiling { get; init; }

    public required WriteStop Stop { get; init; }

    public required TimeSpan Interval { get; init; }

    /// <summary>Sizes that Azure has just had no more of.</summary>
    public IReadOnlyList<SizeShortage> Shortages { get; init; } = [];

    /// <summary>Hash of the policy set it is decided by.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>Why the inventory is unfit for lowering; empty when it is complete.</summary>
    public string InventoryDoubt { get; init; } = "";

    /// <summary>What may still be added under guardrails that cap a fleet.</summary>
    public IReadOnlyList<FleetRoom> Rooms { get; init; } = [];

    /// <summary>Budgets and how far their ladders are.</summary>
    public IReadOnlyList<BudgetStanding> Budgets { get; init; } = [];

    /// <summary>What Azure is known to refuse of the target at hand.</summary>
    public Preflight Preflight { get; init; } = Preflight.Nothing;
}
