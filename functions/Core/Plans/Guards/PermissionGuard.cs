namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Holds what our own identity may not do: Azure would refuse it, again and again. What must be known to have a way back is held too
/// where nobody could read whether it has one.
/// </summary>
public sealed class PermissionGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Preflight switch
    {
        { Denied: { } action } => new GuardVerdict.Block(nameof(PermissionGuard), new GuardReason.MayNotWrite(action)),
        { Unproven: { Length: > 0 } what } when context.NeedsProof && draft.IsLowering => new GuardVerdict.Block(nameof(PermissionGuard), new GuardReason.NotProven(what)),
        _ => new GuardVerdict.Pass(),
    };
}
