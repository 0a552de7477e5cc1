using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// What somebody else scales is never written: two who set one number only undo each other. A floor under Azure's own autoscale
/// is no such number; that is put there where the policy steers.
/// </summary>
public sealed class OwnershipGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context.Owner.LeavesItToUs || (context.Owner.Kind == OwnerKind.NativeAutoscale && context.Steered is not null)
            ? new GuardVerdict.Pass()
            : new GuardVerdict.Block(nameof(OwnershipGuard), new GuardReason.OwnedByOther(context.Owner));
}
