using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes the span an evaluation is remembered by.</summary>
internal static class DecisionSpans
{
    public static DecisionSpan Of(TargetEvaluation evaluation, DateTimeOffset now, bool isSent, string note)
    {
        var outcome = evaluation.Outcome;
        var reason = ReadingText.With(OutcomeText.Reason(outcome), evaluation.Formulas);
        return new DecisionSpan
        {
            From = now,
            Until = now,
            Evaluations = 1,
            Current = outcome.Decision.Current,
            Desired = evaluation.Goal,
            Case = outcome is PlanOutcome.Planned && !isSent ? "held/not-sent" : OutcomeText.Case(outcome),
            Reason = note.Length == 0 ? reason : $"{reason}; {note}",
            Counterfactual = OutcomeText.Counterfactual(outcome.Decision),
        };
    }
}
