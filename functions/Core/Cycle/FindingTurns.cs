using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a finding asks of a target in its turn.</summary>
internal static class FindingTurns
{
    public static FindingWish Wish(SurveyItem item, SizeHistory sizes, DateTimeOffset now) => FindingDecisions.Decide(new FindingContext(
        item.Finding!, item.Policies.Rightsizing!, item.Target.Id.Name, item.Target.Sku, item.Target.Capacity, sizes, now));

    /// <summary>
    /// The count it asks for now; nothing outside the window. More instances are only asked for once nothing holds the size they
    /// are for, or they would be paid and the size would stay.
    /// </summary>
    public static async Task<CountWish?> CountAsync(
        SurveyItem item, TargetEvaluation evaluation, TargetRow row, SizeTurns sizes, Preflights preflights, CancellationToken cancellationToken)
    {
        var now = evaluation.Context.Now;
        if (item.Finding is null || row.RollOut is not null || Wish(item, row.Sizes.See(item.Target.Sku, now), now) is not { Count: { } count } wish
            || !item.Policies.Rightsizing!.Terms.IsOpen(count.Instances > item.Target.Capacity, now))
        {
            return null;
        }

        return wish.SizeAfter is not { IsChange: true } after
            || (await sizes.EvaluateAsync(after, evaluation, row, preflights, cancellationToken).ConfigureAwait(false)).Outcome is SizeOutcome.Planned
            ? count
            : null;
    }
}
