using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes the report of an evaluation.</summary>
internal static class TargetReports
{
    public static TargetReport Of(TargetEvaluation evaluation, DecisionSpan span, TargetRow before, bool isSent, string note) => new()
    {
        Target = evaluation.Target.Id,
        At = span.Until,
        Current = span.Current,
        Goal = span.Desired,
        Kind = Kind(evaluation.Outcome, isSent, note),
        Text = span.Reason,
        Counterfactual = span.Counterfactual,
        IsRepetition = (!isSent || evaluation.Outcome is PlanOutcome.Planned { Plan.IsRenewal: true }) && before.Spans.Count > 0 && before.Spans[^1].Case == span.Case,
    };

    private static ReportKind Kind(PlanOutcome outcome, bool isSent, string note) => outcome switch
    {
        PlanOutcome.Unchanged => ReportKind.Hold,
        PlanOutcome.Planned when isSent && note.Length > 0 => ReportKind.ActionFailed,
        PlanOutcome.Planned { Plan.IsRenewal: true } when isSent => ReportKind.Hold,
        PlanOutcome.Planned planned when isSent => planned.Plan.IsRaise ? ReportKind.ScaledOut : ReportKind.ScaledIn,
        _ => ReportKind.Held,
    };
}
