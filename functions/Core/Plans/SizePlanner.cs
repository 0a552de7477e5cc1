using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans;

/// <summary>Takes a decision on a size through the guards.</summary>
public static class SizePlanner
{
    /// <param name="decision">What is wanted.</param>
    /// <param name="offers">What sizes have, by name.</param>
    /// <param name="count">What was decided of the count, which stays.</param>
    /// <param name="context">All that guards may depend on.</param>
    public static SizeOutcome Plan(
        SizeDecision decision, IReadOnlyDictionary<string, SizeOffer> offers, ScalingDecision count, PlanContext context) =>
        Plan(decision, offers, count, context, PlanGuards.OfSizes);

    public static SizeOutcome Plan(
        SizeDecision decision, IReadOnlyDictionary<string, SizeOffer> offers, ScalingDecision count, PlanContext context,
        IReadOnlyList<IPlanGuard> guards)
    {
        if (!decision.IsChange || context.SizeTerms is not { } terms)
        {
            return new SizeOutcome.Kept(decision);
        }

        if (!offers.TryGetValue(decision.Current, out var from) || !offers.TryGetValue(decision.Desired, out var to))
        {
            var unknown = offers.ContainsKey(decision.Current) ? decision.Desired : decision.Current;
            return new SizeOutcome.Held(decision, new GuardVerdict.Block(nameof(SizePlanner), new GuardReason.SizeUnknown(unknown)));
        }

        var draft = new PlanDraft(count, count.Current) { Size = new SizeChange(from, to), Strength = decision.Instances };
        foreach (var guard in guards)
        {
            switch (guard.Check(draft, context))
            {
                case GuardVerdict.Block block:
                    return new SizeOutcome.Held(decision, block);

                // A size cannot be changed by less.
                case GuardVerdict.Limit limit:
                    return new SizeOutcome.Held(decision, new GuardVerdict.Block(limit.Guard, limit.Reason));
            }
        }

        var unhealthy = (context.Sizing as SizeReading.Read)?.Instances.Count(instance => instance.Health == InstanceHealth.Unhealthy) ?? 0;
        return new SizeOutcome.Planned(new SizePlan(
            context.Target.Id, draft.Size, count.Current, context.Now + context.Lifetime, decision, RollOut(terms, draft, context), unhealthy)
        {
            Peak = context.Peak,
            IsByStopping = StoppedResize.IsNeeded(draft.Size, context),
        });
    }

    /// <summary>
    /// What gives more is not taken back for what the guard says: load and latency move by themselves, and strength would go just when
    /// it is missing.
    /// </summary>
    private static RollOutTerms RollOut(SizeTerms terms, PlanDraft draft, PlanContext context) =>
        terms.RollOut with { Guard = draft.IsRaise || terms.Guard is null ? null : terms.Guard with { Region = context.Target.Region } };
}
