using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Changes a size by itself only where something tells whether the instances are well: a size is taken back on that evidence, and
/// without it a bad one would stay.
/// </summary>
public sealed class HealthSignalGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context.Sizing is SizeReading.Read read && read.Instances.All(instance => instance.Health == InstanceHealth.Unknown)
            ? new GuardVerdict.Block(nameof(HealthSignalGuard), new GuardReason.NoHealthSignal())
            : new GuardVerdict.Pass();
}
