using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>
/// Decides size and count together where the count is ours to move: what the planner of fleets found on the ladder, in place of one
/// step. An instance that is short of something is not kept waiting for it, and what the planner could not know leaves the step.
/// </summary>
public static class JointDecisions
{
    /// <param name="step">One step on the ladder, by what was used.</param>
    /// <param name="wish">What the planner found; absent where nobody asked it.</param>
    /// <param name="context">What there is.</param>
    /// <param name="most">The most instances there may be.</param>
    /// <param name="begun">A move that waits for its instances; absent when there is none.</param>
    public static SizeDecision Decide(SizeDecision step, SizeWish? wish, SizeContext context, int most, JointMove? begun)
    {
        if (wish is null || step.Reason is SizeReason.Scarce or SizeReason.AtTop or SizeReason.NotOnLadder)
        {
            return step;
        }

        switch (wish.Verdict)
        {
            case SizeWishVerdict.Unknown:
                return step with { Fallback = wish.Why };
            // What the planner could not judge, as of a size without a price, it does not speak against either.
            case SizeWishVerdict.Keep when step.IsChange && wish.Refused.TryGetValue(step.Desired, out var why):
                return step with { Fallback = $"{step.Desired}: {why}" };
            case SizeWishVerdict.Keep:
                return new SizeDecision(context.Current, context.Current, new SizeReason.PlannerKeeps(wish.Why));
        }

        if (Offer(context, context.Current) is not { } now || Offer(context, wish.Size) is not { } then)
        {
            return step with { Fallback = $"what {wish.Size} has is not known" };
        }

        var count = begun is not null && Is(begun.Size, wish.Size) ? begun.Instances : StrengthKept.Count(context.Instances, now, then, context.Policy.RollOut.Batch);
        return count > most
            ? step with { Fallback = $"{wish.Size} would take {count} instances meanwhile, and the maximum is {most}" }
            : new SizeDecision(context.Current, wish.Size, new SizeReason.Cheaper(wish.Size, wish.Why)) { Instances = count };
    }

    private static SizeOffer? Offer(SizeContext context, string size) => context.Offers.TryGetValue(size, out var offer) && offer.Cores > 0 ? offer : null;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
