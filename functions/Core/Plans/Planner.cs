using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Plans;

/// <summary>Takes a decision through the guards.</summary>
public static class Planner
{
    public static PlanOutcome Plan(ScalingDecision decision, PlanContext context) =>
        Plan(decision, context, PlanGuards.All);

    public static PlanOutcome Plan(ScalingDecision decision, PlanContext context, IReadOnlyList<IPlanGuard> guards)
    {
        var outcome = PlanCount(decision, context, guards);
        return context.Steered is { } native ? FloorPlans.Of(outcome, context, native) : outcome;
    }

    private static PlanOutcome PlanCount(ScalingDecision decision, PlanContext context, IReadOnlyList<IPlanGuard> guards)
    {
        if (decision.Desired == decision.Current)
        {
            return new PlanOutcome.Unchanged(decision);
        }

        var draft = new PlanDraft(decision, decision.Desired);
        var limits = new List<GuardVerdict.Limit>();
        var notes = new List<GuardReason>();
        foreach (var guard in guards)
        {
            switch (guard.Check(draft, context))
            {
                case GuardVerdict.Block block:
                    return new PlanOutcome.Held(decision, draft.Goal, block);
                case GuardVerdict.Pass { Note: { } note }:
                    notes.Add(note);
                    break;
                case GuardVerdict.Limit limit when IsSmaller(limit.Goal, draft):
                    limits.Add(limit);
                    draft = draft with { Goal = limit.Goal };
                    break;
            }
        }

        return new PlanOutcome.Planned(new Plan
        {
            Target = context.Target.Id,
            From = draft.From,
            Goal = draft.Goal,
            ExpiresAt = context.Now + context.Lifetime,
            Decision = decision,
            Limits = limits,
            Notes = notes,
        });
    }

    /// <summary>A guard that limits must leave a change, in the same direction; anything else is a bug in the guard.</summary>
    private static bool IsSmaller(int goal, PlanDraft draft) =>
        (draft.IsRaise ? goal > draft.From && goal < draft.Goal : goal < draft.From && goal > draft.Goal)
            ? true
            : throw new InvalidOperationException($"A guard turned {draft.From} → {draft.Goal} into → {goal}");
}
