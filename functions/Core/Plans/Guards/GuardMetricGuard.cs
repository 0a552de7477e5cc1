using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Changes a size by itself only where the policy names metrics that tell afterwards whether it does, and makes it smaller only while
/// these are within their bounds: what is beyond them already would prove nothing. What is short gets more whatever they say.
/// </summary>
public sealed class GuardMetricGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (context.SizeTerms!.Guard is null)
        {
            // Who only wants to be told is told so by the next guard.
            return context.SizeTerms.Mode == SizeMode.Act ? Block(new GuardReason.NoGuardMetric()) : new GuardVerdict.Pass();
        }

        return draft.IsRaise ? new GuardVerdict.Pass()
            : context.PeakAhead is { } peak ? Block(new GuardReason.PeakNotSeen(peak))
            : context.Guard is null or GuardStanding.Within ? new GuardVerdict.Pass()
            : Block(new GuardReason.GuardMetricNotFine(GuardText.Of(context.Guard)));
    }

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(GuardMetricGuard), reason);
}
