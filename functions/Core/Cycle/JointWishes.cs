using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks the planner of fleets what a target should be made of, within the ladder of its policy, a few times a day.</summary>
internal sealed class JointWishes(SizeSources? sources, UsageHistories histories, TimeProvider time)
{
    /// <summary>The wish; absent where the count is not ours to move, so that there is only the size to choose.</summary>
    public async Task<SizeWish?> ReadAsync(TargetEvaluation evaluation, VerticalScalingPolicy policy, TargetRow row, CancellationToken cancellationToken)
    {
        var (target, bounds, now) = (evaluation.Target, evaluation.Context.Horizontal, evaluation.Context.Now);
        if (evaluation.Followed.Count == 0 || row.Joint is null && bounds.Minimum >= bounds.Maximum || target.Native is not null || target.Capacity == 0)
        {
            return null;
        }

        if (row.Wish is { } known && known.Holds(target.Sku, now))
        {
            return known;
        }

        if (sources is null)
        {
            return new SizeWish(now, target.Sku, SizeWishVerdict.Unknown, "prices are not read here");
        }

        var seen = row.Sizes.See(target.Sku, now).Seen!;
        var asked = Terms(evaluation, policy);
        if (seen.Since > now.AddDays(-asked.Policy.LookBackDays))
        {
            return new SizeWish(now, target.Sku, SizeWishVerdict.Unknown, $"it has had this size since {seen.Since:yyyy-MM-dd HH:mm} only, and the last {asked.Policy.LookBackDays} days are looked at");
        }

        var survey = new RightsizingSurvey(histories, sources, time);
        var findings = await survey.JudgeAsync([asked], cancellationToken).ConfigureAwait(false);
        return SizeWishes.Of(findings[0]);
    }

    private static RightsizedTarget Terms(TargetEvaluation evaluation, VerticalScalingPolicy policy)
    {
        var (bounds, prices) = (evaluation.Context.Horizontal, evaluation.Context.Guardrails.Select(guardrails => guardrails.Prices).OfType<PriceList>().ToList());
        return new RightsizedTarget(
            evaluation.Target,
            ResourceRightsizingPolicy.Usual with
            {
                Name = policy.Name,
                Candidates = new SizeSelection(policy.Sizes, []),
                SurvivesLossOf = bounds.SurvivesLossOf,
                BootTime = policy.RollOut.Pause,
                Currency = prices.Select(list => list.Currency).FirstOrDefault() ?? ResourceRightsizingPolicy.Usual.Currency,
            },
            bounds,
            FollowsLoad: true,
            prices);
    }
}
