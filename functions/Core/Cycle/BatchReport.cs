using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What one batch did, and what it has to tell the others.</summary>
public sealed record BatchReport
{
    public required TickReport Report { get; init; }

    /// <summary>For the tick's ledger.</summary>
    public required LedgerEntry Ledger { get; init; }

    /// <summary>Targets on which an action was sent: they are looked at again.</summary>
    public required IReadOnlyList<TargetId> Acted { get; init; }
}
