namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Somebody else's operation on the resource is waited for, never pre-empted. A floor under Azure's own autoscale pre-empts nothing.</summary>
public sealed class ForeignOperationGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Target.IsUpdating && context.Steered is null
        ? new GuardVerdict.Block(nameof(ForeignOperationGuard), new GuardReason.ForeignOperation(context.ForeignSince))
        : new GuardVerdict.Pass();
}
