using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Acts only where both the workload and the installation say so. A new installation observes.</summary>
public sealed class ModeGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (context.ModeCeiling == PolicyMode.Observe)
        {
            return new GuardVerdict.Block(nameof(ModeGuard), new GuardReason.ObserveOnly(IsInstallation: true));
        }

        return context.Mode == PolicyMode.Observe
            ? new GuardVerdict.Block(nameof(ModeGuard), new GuardReason.ObserveOnly(IsInstallation: false))
            : new GuardVerdict.Pass();
    }
}
