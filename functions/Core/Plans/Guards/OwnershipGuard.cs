namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>What somebody else scales is never written: two who set one number only undo each other.</summary>
public sealed class OwnershipGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Owner.LeavesItToUs
        ? new GuardVerdict.Pass()
        : new GuardVerdict.Block(nameof(OwnershipGuard), new GuardReason.OwnedByOther(context.Owner));
}
