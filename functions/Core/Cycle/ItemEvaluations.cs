using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Decides on one target of a survey, its count and its size, and writes nothing: a tick and a rehearsal decide the same.</summary>
internal sealed class ItemEvaluations(SizeTurns sizes, CycleOptions options)
{
    /// <summary>
    /// What is decided once the capacity was seen: a tick and a rehearsal know the same. What Azure would refuse is looked up for
    /// what would change only, and then it is decided again.
    /// </summary>
    public async Task<(TargetRow Row, TargetEvaluation Evaluation, Preflight Facts)> EvaluateAsync(
        SurveyItem item, TargetRow before, Survey survey, CancellationToken cancellationToken)
    {
        var row = See(item, before, survey);
        var off = OffTurns.Of(item.Target, item.Policies, row, item.Use, item.Idle, survey.Tick);
        var evaluation = Evaluate(Preflight.Nothing);
        if (await FindingTurns.CountAsync(item, evaluation, row, sizes, survey.Scope.Preflights, cancellationToken).ConfigureAwait(false) is { } count)
        {
            item = item with { Count = count };
            evaluation = Evaluate(Preflight.Nothing);
        }

        if (!evaluation.WouldChange)
        {
            return (row, evaluation, Preflight.Nothing);
        }

        var facts = await survey.Scope.Preflights.OfAsync(
            item.Target, evaluation.Setting, evaluation.Outcome is PlanOutcome.Planned, evaluation.IsRaise, cancellationToken).ConfigureAwait(false);
        return (row, Evaluate(facts), facts);

        TargetEvaluation Evaluate(Preflight known) => TargetEvaluation.Of(
            item.Target, item.Policies, item.Metrics, row, survey.Tick with { Rooms = survey.Allowance.Left, Shortages = survey.Shortages, Preflight = known }, item.Schedule, item.Count, off);
    }

    /// <summary>
    /// Whether its size is looked at; not by other policies while off-hours have lowered it. What a budget asks of one that no policy of
    /// sizes looks after is refused each time, so that it is told why.
    /// </summary>
    public static bool IsSized(SurveyItem item, TargetEvaluation evaluation) => evaluation.Off.Size is not null
        || (evaluation.Off.Memory?.LowSize is null && (item.IsSizeTurn || evaluation.BudgetSize is BudgetSizeTurn.Return || (evaluation.BudgetSize is not null && item.Policies.Vertical is null)));

    /// <summary>What is decided of its size, where that is looked at.</summary>
    public Task<SizeEvaluation> SizeAsync(TargetEvaluation evaluation, SurveyItem item, TargetRow row, Preflights preflights, CancellationToken cancellationToken) =>
        evaluation.Off.Size is not null ? sizes.RestAsync(evaluation, preflights, cancellationToken)
        : evaluation.BudgetSize is { } turn ? sizes.UnderBudgetAsync(turn, evaluation, item, row, preflights, cancellationToken)
        : sizes.EvaluateAsync(evaluation, item, row, preflights, cancellationToken);

    /// <summary>The row with the capacity there is, and what budgets make of it. What Azure's own autoscale changes is no drift.</summary>
    public TargetRow See(SurveyItem item, TargetRow row, Survey survey)
    {
        var seen = item.Policies.IsSteered(item.Target)
            ? row.Follow(item.Target.Capacity, item.Target.ReadAt)
            : row.See(item.Target.Capacity, item.Target.ReadAt, options.Worker, survey.Scope.CauseOf(item.Target));
        return BudgetUse.See(seen with { Trial = PolicyTrial.Of(seen.Trial, item.Policies.Version, survey.Tick.Now) }, item, survey.Tick);
    }
}
