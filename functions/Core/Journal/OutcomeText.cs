using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Journal;

/// <summary>Tells what became of a decision: its case, which groups evaluations, and its sentence.</summary>
public static class OutcomeText
{
    /// <summary>The cases of outcome, reason and guard without their numbers: equal for evaluations that are told once.</summary>
    public static string Case(PlanOutcome outcome) => outcome switch
    {
        PlanOutcome.Unchanged unchanged => $"hold/{Case(unchanged.Decision.Reason)}",
        PlanOutcome.Held held => $"held/{held.Why.Guard}/{held.Why.Reason.GetType().Name}",
        PlanOutcome.Planned { Plan: var plan } => plan.IsRaise ? "scale-out" : plan.IsLowering ? "scale-in" : $"hold/{Case(plan.Decision.Reason)}",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Reason(PlanOutcome outcome) => outcome switch
    {
        PlanOutcome.Unchanged unchanged => ReasonText.Of(unchanged.Decision.Reason),
        PlanOutcome.Held held => $"{ReasonText.Of(held.Decision.Reason)}; held: {ReasonText.Of(held.Why.Reason)}",
        PlanOutcome.Planned { Plan: var plan } => string.Concat(
            ReasonText.Of(plan.Decision.Reason),
            plan.Limits.Count == 0 ? "" : $"; limited: {string.Join("; ", plan.Limits.Select(limit => ReasonText.Of(limit.Reason)))}",
            plan.Setting is not { } setting ? "" : $"; {(plan.IsRenewal ? "kept up:" : "by")} a floor of {plan.Goal} in the autoscale setting {setting.Name}",
            string.Concat(plan.Notes.Select(note => $"; {ReasonText.Of(note)}"))),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Counterfactual(ScalingDecision decision) =>
        string.Join("; ", decision.Counterfactuals.Select(ReasonText.Of));

    private static string Case(ScalingReason reason) => reason switch
    {
        ScalingReason.Bounded bounded => $"Bounded/{Case(bounded.Wish)}",

        ScalingReason.Surviving surviving => Case(surviving.Wish),

        ScalingReason.Stepped stepped => Case(stepped.Wish),

        // A signal wanders across the edge of its tolerance all day; for a reader that is one decision.
        ScalingReason.WithinTolerance or ScalingReason.Fits => "OnTarget",
        _ => reason.GetType().Name,
    };
}
