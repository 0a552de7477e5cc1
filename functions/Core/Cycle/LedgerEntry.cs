using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What one batch reports to its tick's ledger: how it went, and what it would lower.</summary>
public sealed record LedgerEntry(IReadOnlyList<FleetCount> Counts, IReadOnlyList<LoweringProposal> Proposals);
