using ScaleFunctions.Core.Decisions;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Keeps a pause after a change. Scale-in waits for both cooldowns and until the newest instances are warm; scale-out waits for its own only: a cooldown that
/// blocks both directions, as Azure's native autoscale has, can hold back an urgent scale-out for half an hour. The way back to
/// the minimum is open at any time.
/// </summary>
public sealed class CooldownGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        var (scaleOut, scaleIn) = (context.Horizontal.ScaleOut.Cooldown, context.Horizontal.ScaleIn.Cooldown);
        var raisedAt = Last(context, change => change.To > change.From);
        var loweredAt = Last(context, change => change.To < change.From);
        var afterRaise = raisedAt + (draft.IsRaise ? scaleOut : Longer(context.Horizontal.WarmUp, Longer(scaleOut, scaleIn)));
        var afterLowering = draft.IsRaise ? null : loweredAt + scaleIn;

        var until = afterLowering > afterRaise || afterRaise is null ? afterLowering : afterRaise;
        return until > context.Now
            ? BackToMinimum.Only(nameof(CooldownGuard), draft, context, new GuardReason.CoolingDown(until.Value, until == afterRaise))
            : new GuardVerdict.Pass();
    }

    private static DateTimeOffset? Last(PlanContext context, Func<PastChange, bool> isWanted) =>
        context.History.Changes.Where(isWanted).Select(change => (DateTimeOffset?)change.At).Max();

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
