using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Changes a size that goes with a count once enough instances run and are well, so that there is never less than the load was given.
/// Asked last: instances are only added for what nothing else holds.
/// </summary>
public sealed class StrengthFirstGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        draft.Strength is { } needed && context.Sizing is SizeReading.Read read
            && read.CountOf(instance => instance is { IsRunning: true, Health: not InstanceHealth.Unhealthy }) is var there && there < needed
            ? new GuardVerdict.Block(nameof(StrengthFirstGuard), new GuardReason.StrengthMissing(needed, there))
            : new GuardVerdict.Pass();
}
