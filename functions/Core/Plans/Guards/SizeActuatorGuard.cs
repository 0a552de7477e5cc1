using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Writes no size where Azure's own autoscale sets the count: the write holds both, and would put the count back to what it was
/// when it was read.
/// </summary>
public sealed class SizeActuatorGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Target.Native switch
    {
        NativeAutoscale.Steerable native => Block(new GuardReason.AutoscaleIsOn(native.Setting.Name)),
        NativeAutoscale.Unsteerable native => Block(new GuardReason.AutoscaleIsOn(native.Setting.Name)),
        NativeAutoscale.Unread unread => Block(new GuardReason.AutoscaleUnknown(unread.Reason)),
        _ => new GuardVerdict.Pass(),
    };

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(SizeActuatorGuard), reason);
}
