using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What an evaluation came to for the size of a target's instances.</summary>
internal sealed record PlanSizeLine(string From, string To, string Outcome, bool WouldChange, string Reason)
{
    public static PlanSizeLine Of(SizeEvaluation sizing)
    {
        var (decision, isObserved) = (sizing.Outcome.Decision, sizing.Outcome is SizeOutcome.Held { Why.Reason: GuardReason.ObserveOnly });
        return new PlanSizeLine(
            decision.Current,
            decision.Desired,
            sizing.Outcome switch
            {
                SizeOutcome.Planned => "resize",
                SizeOutcome.Held when isObserved => "would resize, observed only",
                SizeOutcome.Held { Why.Reason: GuardReason.RecommendOnly or GuardReason.NoHealthSignal or GuardReason.NoGuardMetric or GuardReason.AutoscaleIsOn } => "resize recommended",
                SizeOutcome.Held => "resize held",
                _ => "keep the size",
            },
            isObserved || sizing.Outcome is SizeOutcome.Planned,
            sizing.Text);
    }
}
