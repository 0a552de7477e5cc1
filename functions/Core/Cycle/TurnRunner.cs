using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// The turn of one target: decides and acts. A raise acts at once, a lowering only where the tick permits it; the size comes after
/// the count.
/// </summary>
internal sealed class TurnRunner(ActionRunner actions, ItemEvaluations evaluations, SizeTurns sizes, CycleOptions options, TimeProvider time)
{
    public async Task<TurnResult> RunAsync(
        SurveyItem item, TargetRow before, Survey survey, CancellationToken cancellationToken)
    {
        var now = survey.Tick.Now;
        var (row, evaluation, facts) = await evaluations.EvaluateAsync(item, before, survey, cancellationToken).ConfigureAwait(false);
        var (isSent, isOutrun) = (false, false);
        var (note, cause) = ("", "");
        LoweringProposal? proposal = null;

        // What it was before is in the row before anything is taken away: it is stored with the action, or not at all.
        var rested = BudgetUse.Remember(OffTurns.Remember(row, evaluation), item, evaluation, survey.Tick);
        if (OffStarts.Of(evaluation, item.Policies, rested, survey) is { } start)
        {
            var attempt = await actions.ActAsync(start.Row, start.Order, cancellationToken).ConfigureAwait(false);
            (row, isSent, note) = (attempt.Row.Version == start.Row.Version ? row : attempt.Row, attempt.IsSent, attempt.Text);
            (isOutrun, cause) = (attempt.IsOutrun, start.Order.Cause);
            if (isSent)
            {
                survey.Allowance.Take(1, item.Target with { Sku = start.Order.Size! }, item.Policies);
            }
        }
        else if (evaluation.Outcome is PlanOutcome.Planned { Plan: var plan })
        {
            proposal = plan.IsLowering ? evaluation.Propose(plan, row, now) : null;
            var whyNot = proposal is null ? null : survey.Scope.Permits.WhyNot(proposal) ?? SecondLook.WhyNot(row, item.Target, survey.Scope.Permits);
            var attempt = whyNot is null
                ? await actions.ActAsync(
                    rested, ActionOrder.Of(plan, evaluation, item.Policies.Version) with { IsUnexpected = proposal is { IsExpected: false } }, cancellationToken).ConfigureAwait(false)
                : new ActionRunner.Attempt(row, IsSent: false, whyNot);
            (row, isSent, note) = (attempt.Row.Version == rested.Version ? row : attempt.Row, attempt.IsSent, attempt.Text);
            isOutrun = attempt.IsOutrun;
            survey.Learn(attempt.Shortage);
            if (isSent)
            {
                survey.Take(plan, item, facts);
            }
        }

        var sizing = isSent || !ItemEvaluations.IsSized(item, evaluation) ? null : await SizeAsync(evaluation, item, row, survey, cancellationToken).ConfigureAwait(false);
        row = sizing?.Row ?? row;

        // A row that somebody else was faster to change is read again: what it remembers then is not what we know of.
        var known = isOutrun ? before.Off : row.Off;
        var isStored = isSent || (sizing is { IsSent: true } && evaluation.Off.Size is not null);
        evaluation = isStored && evaluation.Off.Memory is not null ? evaluation with { Off = evaluation.Off with { Memory = row.Off } } : evaluation;
        var drift = before.Unexplained;
        var who = drift is null ? null : await survey.Drifts.WhoAsync(before.Target, drift, cancellationToken).ConfigureAwait(false);
        var span = DecisionSpans.Of(evaluation, now, isSent, note.Length > 0 ? note : cause);
        var waits = evaluation.Outcome is PlanOutcome.Held { Why.Guard: nameof(ForeignOperationGuard) } || sizing?.Evaluation.Outcome is SizeOutcome.Held { Why.Guard: nameof(ForeignOperationGuard) };
        var standing = TargetStandings.Of(evaluation, item.Policies, options.ModeCeiling);
        return new TurnResult(
            row,
            isSent || sizing is { IsSent: true },
            evaluation,
            span.Case,
            isSent ? null : proposal ?? sizing?.Proposal,
            [TargetReports.Of(evaluation, span, before, isSent, note), .. TargetReports.Of(evaluation, sizing, before), .. TargetReports.OfOffHours(evaluation)],
            current => Explain(isSent || sizing is { IsSent: true } ? current : evaluations.See(item, current, survey)).Rested(evaluation.Off, known, now, options.Worker)
                .SeeOperation(item.Target.IsUpdating, waits, time.GetUtcNow(), options.Worker)
                .Evaluated(
                    span, evaluation.Outcome.Decision.Wanted, evaluation.Busy, (evaluation.Memory, evaluation.ChangesMemory), options.Worker,
                    evaluation.Unreadable, evaluation.Load) with
            {
                Standing = standing,
                Trial = PolicyTrial.See(current.Trial, item.Policies.Version, evaluation.IsInDoubt && item.Target.Capacity > 0, now),
                Sizing = item.Policies.Vertical is null && item.Finding is null && evaluation.BudgetSize is null ? null : sizing?.Evaluation.Standing ?? current.Sizing,
                Joint = item.Policies.Vertical is null ? null : sizing?.Evaluation.Begins ?? current.Joint,
                Wish = sizing?.Evaluation.Wish ?? current.Wish,
                Sizes = sizing is null ? current.Sizes : current.Sizes.See(item.Target.Sku, now),
            });

        TargetRow Explain(TargetRow current) => who is null ? current : current.Explain(drift!, who, now, options.Worker);
    }

    private async Task<SizeTurns.Result> SizeAsync(
        TargetEvaluation evaluation, SurveyItem item, TargetRow row,
        Survey survey, CancellationToken cancellationToken)
    {
        var sizing = await evaluations.SizeAsync(evaluation, item, row, survey.Scope.Preflights, cancellationToken).ConfigureAwait(false);
        var result = await sizes.ActAsync(sizing, evaluation, row, survey.Scope.Permits, item.Policies.Version, cancellationToken).ConfigureAwait(false);
        if (result.IsSent)
        {
            survey.Take(sizing.Outcome, item);
        }

        return result;
    }
}
