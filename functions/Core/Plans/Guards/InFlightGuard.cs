namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>At most one action at a time on a target, those of unknown outcome included.</summary>
public sealed class InFlightGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Open is { } open
        ? new GuardVerdict.Block(nameof(InFlightGuard), new GuardReason.ActionInFlight(open.Epoch, open.Goal))
        : new GuardVerdict.Pass();
}
