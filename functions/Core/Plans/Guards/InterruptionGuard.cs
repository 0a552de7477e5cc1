using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Restarts the only instance there is, with which the service is away, only where the policy says that it may. A plan moves its
/// apps to new instances before the old ones go.
/// </summary>
public sealed class InterruptionGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        !context.SizeTerms!.MayInterrupt && draft.From <= 1 && context.Sizing is SizeReading.Read { ReplacesBeforehand: false }
            ? new GuardVerdict.Block(nameof(InterruptionGuard), new GuardReason.Interrupts())
            : new GuardVerdict.Pass();
}
