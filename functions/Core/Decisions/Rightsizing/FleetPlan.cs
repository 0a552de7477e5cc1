using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>A size and count that a resource should have instead.</summary>
public sealed record FleetPlan
{
    public required FleetNow Now { get; init; }

    public required FleetOption.Possible Then { get; init; }

    /// <summary>What is paid a month for what there is, and would be for the other, less what is paid in advance.</summary>
    public required Money CostNow { get; init; }

    public required Money CostThen { get; init; }

    /// <summary>What is saved a month at least: if the need is at its upper bound. Below 0 when the plan costs more.</summary>
    public required Money SavingLow { get; init; }

    public required Money SavingHigh { get; init; }

    /// <summary>What is saved from then on that the commitments have ended; absent when none covers it.</summary>
    public Money? SavingLater { get; init; }

    /// <summary>The last day of these; absent when none covers it, or Azure does not say.</summary>
    public DateOnly? CommittedUntil { get; init; }

    public required DisruptionScore Score { get; init; }

    public required RiskLevel Risk { get; init; }

    /// <summary>Whether it is known what is paid in advance.</summary>
    public bool AreCommitmentsKnown { get; init; } = true;

    /// <summary>What speaks for care, for people.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>Whether there is too little now, so that the plan is not about saving.</summary>
    public required bool IsRaise { get; init; }
}
