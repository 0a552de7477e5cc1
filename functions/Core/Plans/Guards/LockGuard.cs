namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Holds what a read-only lock keeps everybody from changing: Azure would refuse it, again and again.</summary>
public sealed class LockGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Preflight.Lock is { } held
        ? new GuardVerdict.Block(nameof(LockGuard), new GuardReason.Locked(held))
        : new GuardVerdict.Pass();
}
