namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Nothing is changed on a target whose actions failed again and again, the way back to the minimum included: it would fail as well.
/// Only a person ends that.
/// </summary>
public sealed class QuarantineGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Quarantine is { } quarantine
        ? new GuardVerdict.Block(nameof(QuarantineGuard), new GuardReason.Quarantined(quarantine))
        : new GuardVerdict.Pass();
}
