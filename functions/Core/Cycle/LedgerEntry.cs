using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What one batch reports to its tick's ledger: how it went, and what it would lower.</summary>
public sealed record LedgerEntry(IReadOnlyList<FleetCount> Counts, IReadOnlyList<LoweringProposal> Proposals)
{
    /// <summary>A target that broke counts as in doubt: nothing is known of it.</summary>
    internal static LedgerEntry Of(Survey survey, IReadOnlyList<TurnResult> turns)
    {
        var sure = turns.Where(turn => !turn.Evaluation.IsInDoubt).Select(turn => turn.Row.Target).ToHashSet();
        return new LedgerEntry(
            [.. survey.Items
                .GroupBy(item => (item.Target.Id.Subscription, item.Target.Region))
                .Select(group => new FleetCount(
                    group.Key.Subscription, group.Key.Region, group.Count(), group.Count(item => !sure.Contains(item.Target.Id))))],
            [.. turns.Select(turn => turn.Proposal).OfType<LoweringProposal>()]);
    }
}
