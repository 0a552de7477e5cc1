using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What an evaluation came to for one target.</summary>
internal sealed record PlanLine(
    string Target, string Id, int Current, int Goal, string Outcome, bool WouldChange, string Reason, string Counterfactual)
{
    /// <summary>What it came to for the size of the instances; absent where no policy says which they may have.</summary>
    public PlanSizeLine? Size { get; init; }

    public static PlanLine Of(TargetEvaluation evaluation)
    {
        var size = evaluation.Sizing is { } sizing ? PlanSizeLine.Of(sizing) : null;
        var outcome = evaluation.Outcome;
        var isObserved = outcome is PlanOutcome.Held { Why.Reason: GuardReason.ObserveOnly };
        return new PlanLine(
            evaluation.Target.Id.Name,
            evaluation.Target.Id.Value,
            outcome.Decision.Current,
            evaluation.Goal,
            outcome switch
            {
                PlanOutcome.Planned { Plan.IsRenewal: true } => "keep the floor",
                PlanOutcome.Planned planned => planned.Plan.IsRaise ? "scale out" : "scale in",
                PlanOutcome.Held when isObserved => "would change, observed only",
                PlanOutcome.Held => "held",
                _ => "hold",
            },
            isObserved || outcome is PlanOutcome.Planned { Plan.IsRenewal: false } || size is { WouldChange: true },
            ReadingText.With(OutcomeText.Reason(outcome), evaluation.Formulas),
            OutcomeText.Counterfactual(outcome.Decision))
        {
            Size = size,
        };
    }

    /// <summary>What could not be evaluated comes last.</summary>
    public static IReadOnlyList<PlanLine> Of(Rehearsal rehearsal) =>
        [.. rehearsal.Evaluations.Select(Of), .. rehearsal.Broken.Select(report => Of(report) with { Outcome = "error" })];

    public static PlanLine Of(TargetReport report) => new(
        report.Target.Name, report.Target.Value, report.Current, report.Goal, report.Kind.ToString(), report.Goal != report.Current, report.Text,
        report.Counterfactual);
}
