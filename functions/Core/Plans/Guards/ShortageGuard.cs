namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Asks for no more of a size where Azure has just had none, whichever target was told so. The way back to the minimum waits too:
/// it would be refused as well, each minute and for each target.
/// </summary>
public sealed class ShortageGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        draft.IsRaise && context.Shortages.FirstOrDefault(each => each.Holds(context.Target, context.Now)) is { } shortage
            ? new GuardVerdict.Block(nameof(ShortageGuard), new GuardReason.RunShort(shortage))
            : new GuardVerdict.Pass();
}
