namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Holds what our own identity may not do: Azure would refuse it, again and again.</summary>
public sealed class PermissionGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Preflight.Denied is { } action
        ? new GuardVerdict.Block(nameof(PermissionGuard), new GuardReason.MayNotWrite(action))
        : new GuardVerdict.Pass();
}
