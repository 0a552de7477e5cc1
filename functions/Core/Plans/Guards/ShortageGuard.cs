using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Asks for no more of a size where Azure has just had none, whichever target was told so. The way back to the minimum waits too:
/// it would be refused as well, each minute and for each target. A smaller size is machines that have to be had, too.
/// </summary>
public sealed class ShortageGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        Wanted(draft, context) is { } wanted && context.Shortages.FirstOrDefault(each => each.Holds(wanted, context.Now)) is { } shortage
            ? new GuardVerdict.Block(nameof(ShortageGuard), new GuardReason.RunShort(shortage))
            : new GuardVerdict.Pass();

    private static ObservedTarget? Wanted(PlanDraft draft, PlanContext context) =>
        draft.Size is { } size ? context.Target with { Sku = size.To.Name } : draft.IsRaise ? context.Target : null;
}
