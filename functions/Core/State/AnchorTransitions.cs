using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How the fleet's row learns where the ends of all chains are written down.</summary>
public static class AnchorTransitions
{
    /// <summary>Takes an anchor; one that was taken meanwhile stays.</summary>
    public static FleetRow Anchored(this FleetRow row, JournalAnchor anchor, string actor) => row.Anchor?.Number >= anchor.Number ? row :
        (row with { Anchor = anchor }).Tell(
            anchor.At, JournalKind.Anchor, actor, $"the ends of {anchor.Chains} chains were written down: {anchor.Hash}",
            new AnchorFacts(anchor.Number, anchor.Chains, anchor.Hash), FactsJson.Default.AnchorFacts);
}
