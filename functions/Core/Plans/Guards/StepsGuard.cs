namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Where a capacity is sold in steps, what other guards left of a change ends on one, or is none.</summary>
public sealed class StepsGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (context.Declared?.RangeOf(context.Target.Sku) is not { } range || range.Towards(draft.From, draft.Goal) is var goal && goal == draft.Goal)
        {
            return new GuardVerdict.Pass();
        }

        var reason = new GuardReason.BetweenSteps(draft.Goal, range.Steps);
        return goal is { } step ? new GuardVerdict.Limit(nameof(StepsGuard), step, reason) : new GuardVerdict.Block(nameof(StepsGuard), reason);
    }
}
