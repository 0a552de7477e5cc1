using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Whether one target more may be lowered now at a person's word. The cap of a tick holds for people too; what it needs to know of
/// the fleet is what the rows say, because there is no ledger of what people ask for. Doubt about others is no reason to keep a
/// person, who looks, from taking back what was done to one.
/// </summary>
internal static class ManualLowering
{
    /// <summary>Why it has to wait; nothing when it may be lowered.</summary>
    /// <param name="target">The target, as it was seen.</param>
    /// <param name="goal">The count it is lowered to.</param>
    /// <param name="rows">Those of all targets.</param>
    /// <param name="claims">What others are about to lower.</param>
    /// <param name="now">The time.</param>
    /// <param name="interval">The time between ticks.</param>
    public static string? WhyNot(
        ObservedTarget target, int goal, IReadOnlyList<TargetRow> rows, IEnumerable<LoweringClaim> claims, DateTimeOffset now, TimeSpan interval)
    {
        var claimed = claims.Select(claim => claim.Target).Where(key => key != target.Id.Key).ToHashSet(StringComparer.Ordinal);
        var counts = rows
            .Where(row => row.Standing is not null && now - row.EvaluatedAt <= TargetTransitions.Outage)
            .GroupBy(row => (row.Target.Subscription, row.Standing!.Region))
            .Select(group => new FleetCount(group.Key.Subscription, group.Key.Region, group.Count(), InDoubt: 0)
            {
                Lowered = group.Count(row => claimed.Contains(row.Target.Key) || row.History.Changes.Any(change => change.To < change.From && change.At > now - interval)),
            })
            .ToList();

        // A person asked for it, so it surprises nobody.
        var proposal = new LoweringProposal(target.Id, target.Region, target.Capacity, goal, IsExpected: true);
        var verdict = LoweringCaps.Judge([proposal], counts, isApproved: false)[0];
        return verdict.IsPermitted ? null : verdict.Why;
    }
}
