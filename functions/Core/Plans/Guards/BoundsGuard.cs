namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// The last word on the bounds, those of the policy and those of the platform: whatever came before, nothing outside them is
/// written. A way back from outside leads towards the bounds and not past them.
/// </summary>
public sealed class BoundsGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var goal = draft.IsRaise ? Math.Min(draft.Goal, Highest(context)) : Math.Max(draft.Goal, Lowest(context));
        if (goal == draft.Goal)
        {
            return new GuardVerdict.Pass();
        }

        var reason = Reason(draft, context);
        return draft.IsRaise == goal > draft.From && goal != draft.From
            ? new GuardVerdict.Limit(nameof(BoundsGuard), goal, reason)
            : new GuardVerdict.Block(nameof(BoundsGuard), reason);
    }

    private static int Highest(PlanContext context) => Math.Min(context.Horizontal.Maximum, context.Target.Most?.Instances ?? int.MaxValue);

    private static int Lowest(PlanContext context) => Math.Max(context.Horizontal.Minimum, context.Target.Least?.Instances ?? 0);

    /// <summary>The stricter of the two; where they agree, the policy, which its owner can change.</summary>
    private static GuardReason Reason(PlanDraft draft, PlanContext context)
    {
        var (minimum, maximum) = (context.Horizontal.Minimum, context.Horizontal.Maximum);
        return draft.IsRaise switch
        {
            true when context.Target.Most is { } most && most.Instances < maximum => new GuardReason.PlatformRefuses(most, IsMost: true),
            false when context.Target.Least is { } least && least.Instances > minimum => new GuardReason.PlatformRefuses(least, IsMost: false),
            _ => new GuardReason.OutOfBounds(minimum, maximum),
        };
    }
}
