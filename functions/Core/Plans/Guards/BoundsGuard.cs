namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// The last word on the bounds: whatever came before, nothing outside them is written. A way back from outside leads
/// towards the bounds and not past them.
/// </summary>
public sealed class BoundsGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var (minimum, maximum) = (context.Horizontal.Minimum, context.Horizontal.Maximum);
        var reason = new GuardReason.OutOfBounds(minimum, maximum);
        var goal = draft.IsRaise ? Math.Min(draft.Goal, maximum) : Math.Max(draft.Goal, minimum);
        if (goal == draft.Goal)
        {
            return new GuardVerdict.Pass();
        }

        return draft.IsRaise == goal > draft.From && goal != draft.From
            ? new GuardVerdict.Limit(nameof(BoundsGuard), goal, reason)
            : new GuardVerdict.Block(nameof(BoundsGuard), reason);
    }
}
