using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Holds changes back while a change calendar says so. The way back to the minimum is open at any time.</summary>
public sealed class ChangeCalendarGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var holding = context.Freezes
            .Where(freeze => draft.IsLowering || freeze.Holds == FreezeScope.Everything)
            .Select(freeze => (Freeze: freeze, Until: freeze.HoldsUntil(context.Now)))
            .Where(each => each.Until is not null)
            .ToList();
        if (holding.Count == 0)
        {
            return new GuardVerdict.Pass();
        }

        var (freeze, until) = holding.MaxBy(each => each.Until);
        var reason = new GuardReason.Frozen(until!.Value, freeze.Calendar, freeze.Reason);
        return BackToMinimum.Only(nameof(ChangeCalendarGuard), draft, context, reason);
    }
}
