using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Writes no count beside Azure's own autoscale, which would take it back: where that is on and cannot be steered, nothing is
/// done. As long as it is not known whether it is on, counts are raised, which does no harm, and never lowered.
/// </summary>
public sealed class ActuatorGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => (context.Actuator, context.Target.Native) switch
    {
        (Actuator.Direct, NativeAutoscale.Unread unknown) when draft.IsLowering => Block(new GuardReason.AutoscaleUnknown(unknown.Reason)),
        (Actuator.Direct, _) => new GuardVerdict.Pass(),
        (_, NativeAutoscale.Unsteerable native) => Block(new GuardReason.CannotSteer(native.Setting.Name, native.Reason)),
        (Actuator.Steer, NativeAutoscale.Unread unknown) => Block(new GuardReason.AutoscaleUnknown(unknown.Reason)),
        (_, NativeAutoscale.Unread unknown) when draft.IsLowering => Block(new GuardReason.AutoscaleUnknown(unknown.Reason)),
        (Actuator.Steer, null) => Block(new GuardReason.NothingToSteer()),
        _ => new GuardVerdict.Pass(),
    };

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(ActuatorGuard), reason);
}
