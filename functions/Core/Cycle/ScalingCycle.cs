using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// One turn of the loop: policies → signals → forecasts → decisions → plans → actions → checks → journal. Open actions are
/// settled first, so that nothing is decided on a target whose last change is not understood.
/// </summary>
public sealed class ScalingCycle(
    RowStore rows, PredictiveSchedules schedules, ITargetInventory inventory, IMetricSource metrics, ActionRunner actions, CycleOptions options,
    TimeProvider time, IEnumerable<IMomentarySource>? momentary = null, RetailPricing? pricing = null, PreflightSources? preflight = null,
    IActivityLog? activityLog = null, FindingSource? findings = null, SizeSources? sizes = null,
    UsageStates? usage = null, BudgetStates? budgets = null, LeftoverMarks? leftovers = null)
{
    private readonly Surveys _surveys = new(rows, schedules, metrics, [.. momentary ?? []], activityLog, options, time, findings, budgets, leftovers);
    private readonly RollOutRunner _rollOuts = new(rows, actions, metrics, options, time);
    private readonly SizeTurns _sizes = new(actions, new GuardReader(metrics), new JointWishes(sizes, new UsageHistories(metrics, time, usage), time), sizes?.Prices);

    /// <summary>Evaluates everything the policies select at once, lowerings included, as a person asks for it.</summary>
    public async Task<TickReport> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("tick");
        var now = time.GetUtcNow();
        var reports = new List<TargetReport>();
        var known = await SettleAsync(reports, cancellationToken).ConfigureAwait(false);
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        policies = await PriceAsync(policies, seen.Targets, cancellationToken).ConfigureAwait(false);
        var scope = new SurveyScope(seen.Targets, InventoryWatch.Doubt(seen, fleet), new LoweringPermits.All())
        {
            Rooms = Rooms(policies, seen, known.Values),
            Preflights = new Preflights(preflight, known.Values, actions.KindOf),
        };
        var survey = await _surveys.MakeAsync(policies, scope, now, cancellationToken).ConfigureAwait(false);
        var batch = await EvaluateAsync(survey, known, reports, cancellationToken).ConfigureAwait(false);
        await rows.ChangeFleetAsync(row => row with { LastTickAt = now, TickFinishedAt = now }, cancellationToken).ConfigureAwait(false);
        return batch.Report;
    }

    /// <summary>Evaluates one batch of a tick: raises act at once, lowerings only when the tick permits them.</summary>
    public async Task<BatchReport> EvaluateAsync(PolicySet policies, EvaluateRequest request, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Batch(request);
        var reports = new List<TargetReport>();
        var known = new Dictionary<TargetId, TargetRow>();
        foreach (var stored in await rows.ReadAsync([.. request.Targets.Select(target => target.Id)], cancellationToken).ConfigureAwait(false))
        {
            known[stored.Target] = stored.Version == 0 ? stored : await SettleAsync(stored, reports, cancellationToken).ConfigureAwait(false);
        }

        var scope = new SurveyScope(request.Targets, request.InventoryDoubt, new LoweringPermits.Judged(request.Verdicts) { Floors = request.Floors, Surprises = request.Surprises })
        {
            Events = request.Events,
            Rooms = request.Rooms,
            Preflights = new Preflights(preflight, known.Values, actions.KindOf),
        };
        policies = await PriceAsync(policies, request.Targets, cancellationToken).ConfigureAwait(false);
        var survey = await _surveys.MakeAsync(policies, scope, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        TakeWhatWasAdded(survey, known, request.TickAt);
        activity?.SetTag("scalefunctions.policy.kinds", survey.PolicyKinds);
        return await EvaluateAsync(survey, known, reports, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A message may be delivered twice: what its first delivery added is not there to be added again.</summary>
    private static void TakeWhatWasAdded(Survey survey, Dictionary<TargetId, TargetRow> known, DateTimeOffset tickAt)
    {
        foreach (var item in survey.Items)
        {
            survey.Allowance.TakeSince(tickAt, known[item.Target.Id], item.Target, item.Policies);
        }
    }

    /// <summary>Looks at how the last action on a target went.</summary>
    public async Task<IReadOnlyList<TargetReport>> VerifyAsync(TargetId target, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("verify");
        var reports = new List<TargetReport>();
        var row = await rows.ReadAsync(target, cancellationToken).ConfigureAwait(false);
        await SettleAsync(row, reports, cancellationToken).ConfigureAwait(false);
        return reports;
    }

    /// <summary>Evaluates every target and writes nothing, neither to Azure nor to the state of targets.</summary>
    public async Task<Rehearsal> RehearseAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var known = stored.ToDictionary(row => row.Target);
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        policies = await PriceAsync(policies, seen.Targets, cancellationToken).ConfigureAwait(false);
        var scope = new SurveyScope(seen.Targets, InventoryWatch.Doubt(seen, fleet), new LoweringPermits.All())
        {
            Rooms = Rooms(policies, seen, known.Values),
            Preflights = new Preflights(preflight, known.Values, actions.KindOf),
        };
        var survey = await _surveys.MakeAsync(policies, scope, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var evaluations = new List<TargetEvaluation>();
        var broken = survey.Contested.ToList();
        foreach (var item in survey.Items)
        {
            try
            {
                var row = known.GetValueOrDefault(item.Target.Id) ?? new TargetRow { Target = item.Target.Id };
                var (_, evaluation, facts) = await EvaluateAsync(item, row, survey, cancellationToken).ConfigureAwait(false);
                if (evaluation.Outcome is PlanOutcome.Planned planned)
                {
                    survey.Take(planned.Plan, item, facts);
                }

                var sizing = IsSized(item, evaluation) ? await SizeAsync(evaluation, item, row, scope.Preflights, cancellationToken).ConfigureAwait(false) : null;
                if (sizing is not null && evaluation.Outcome is not PlanOutcome.Planned)
                {
                    survey.Take(sizing.Outcome, item);
                }

                evaluations.Add(sizing is null ? evaluation : evaluation with { Sizing = sizing });
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                broken.Add(TargetReports.Broken(item.Target.Id, item.Target.Capacity, survey.Tick.Now, Describe(exception)));
            }
        }

        return new Rehearsal(seen, evaluations, broken);
    }

    /// <summary>What is known of one target now, for what a person asks of it. Writes nothing.</summary>
    internal async Task<TargetLook> LookAtAsync(PolicySet policies, TargetId target, CancellationToken cancellationToken)
    {
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        if (seen.Targets.FirstOrDefault(each => each.Id == target) is not { } observed)
        {
            return new TargetLook.Unknown(
                seen.LeftAlone.FirstOrDefault(each => each.Id == target) is { } apart ? $"{target.Name} is left alone: {apart.Owner.Why}"
                : $"the inventory has no {target.Name}{(seen is InventoryReading.Partial partial ? $" and is incomplete: {partial.Reason}" : "")}");
        }

        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        policies = await PriceAsync(policies, seen.Targets, cancellationToken).ConfigureAwait(false);
        var scope = new SurveyScope([observed], InventoryWatch.Doubt(seen, fleet), new LoweringPermits.All())
        {
            Rooms = Rooms(policies, seen, stored),
            Preflights = new Preflights(preflight, stored, actions.KindOf),
        };
        var survey = await _surveys.MakeAsync(policies, scope, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (survey.Items is not [var item])
        {
            return new TargetLook.Unknown(survey.Contested is [var contested] ? $"{target.Name} is {contested.Text}" : $"no policy selects {target.Name}");
        }

        var row = stored.FirstOrDefault(each => each.Target == target) ?? new TargetRow { Target = target };
        var evaluation = TargetEvaluation.Of(
            item.Target, item.Policies, item.Metrics, row, survey.Tick with { Rooms = survey.Allowance.Left }, item.Schedule,
            off: OffTurns.Of(item.Target, item.Policies, row, item.Use, item.Idle, survey.Tick));
        return new TargetLook.Known(evaluation, row, stored, scope.Preflights);
    }

    /// <summary>What may be added to the whole fleet now, under guardrails that cap it.</summary>
    public async Task<IReadOnlyList<FleetRoom>> RoomsAsync(PolicySet policies, InventoryReading seen, CancellationToken cancellationToken) =>
        FleetMembers.AreCapped(policies)
            ? Rooms(
                await PriceAsync(policies, seen.Targets, cancellationToken).ConfigureAwait(false), seen,
                await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            : [];

    /// <summary>What nobody declared the price of has Azure's, where guardrails ask what a fleet costs.</summary>
    private Task<PolicySet> PriceAsync(PolicySet policies, IReadOnlyList<ObservedTarget> targets, CancellationToken cancellationToken) =>
        pricing is null ? Task.FromResult(policies) : pricing.CompleteAsync(policies, targets, cancellationToken);

    /// <summary>What may be added to the whole fleet, for an evaluation of all of it at once.</summary>
    private static IReadOnlyList<FleetRoom> Rooms(PolicySet policies, InventoryReading seen, IEnumerable<TargetRow> rows) =>
        FleetMembers.AreCapped(policies)
            ? FleetRooms.Of(policies.Guardrails, [.. FleetMembers.Of(policies, seen, rows).Select(each => each.Member)])
            : [];

    /// <summary>Settles open actions and answers open checks, of every target there is a row for.</summary>
    public async Task<Dictionary<TargetId, TargetRow>> SettleAsync(List<TargetReport> reports, CancellationToken cancellationToken)
    {
        var known = new Dictionary<TargetId, TargetRow>();
        foreach (var stored in await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            known[stored.Target] = await SettleAsync(stored, reports, cancellationToken).ConfigureAwait(false);
        }

        return known;
    }

    private async Task<TargetRow> SettleAsync(TargetRow stored, List<TargetReport> reports, CancellationToken cancellationToken)
    {
        var row = stored;
        try
        {
            row = await rows.TellAsync(stored, cancellationToken).ConfigureAwait(false);
            (row, var end) = await actions.SettleAsync(row, cancellationToken).ConfigureAwait(false);
            if (end is not null)
            {
                reports.Add(TargetReports.Of(row, stored.Intent!, end, time.GetUtcNow()));
            }

            (row, var answer) = await actions.CheckAsync(row, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
            {
                reports.Add(TargetReports.Of(row, stored.Check, answer, time.GetUtcNow()));
            }

            var look = await _rollOuts.GoOnAsync(row, cancellationToken).ConfigureAwait(false);
            if (look.End is Checks.RollOutEnd.Undone && row is not ({ RollOut.IsOwed: true } or { Restage.IsOwed: true }))
            {
                CycleMeter.Recovered("size");
            }

            if (look.Text.Length > 0 || look.End is not null)
            {
                reports.Add(TargetReports.Of(row, look, time.GetUtcNow()));
            }

            row = look.Row;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            CycleActivity.Fail(row.Target, exception);
            reports.Add(TargetReports.Broken(row.Target, row.LastKnownCapacity ?? 0, time.GetUtcNow(), Describe(exception)));
        }

        return row;
    }

    private async Task<BatchReport> EvaluateAsync(
        Survey survey, Dictionary<TargetId, TargetRow> known, List<TargetReport> reports,
        CancellationToken cancellationToken)
    {
        reports.AddRange(survey.Contested);
        var turns = new List<Turn>();
        foreach (var item in survey.Items)
        {
            var row = known.GetValueOrDefault(item.Target.Id) ?? new TargetRow { Target = item.Target.Id };
            try
            {
                var turn = await TurnAsync(item, row, item.Policies.Version, survey, cancellationToken).ConfigureAwait(false);
                reports.AddRange(turn.Reports);
                turns.Add(turn);
                CycleMeter.Decided(turn.Reports[0].Kind, turn.Case);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                CycleActivity.Fail(item.Target.Id, exception);
                CycleMeter.Decided(ReportKind.Error);
                reports.Add(TargetReports.Broken(item.Target.Id, item.Target.Capacity, survey.Tick.Now, Describe(exception)));
            }
        }

        await rows.WriteAsync([.. turns.Select(turn => (turn.Row, turn.Remember))], cancellationToken).ConfigureAwait(false);
        return new BatchReport
        {
            Report = new TickReport
            {
                At = survey.Tick.Now,
                Targets = reports,
                Decisions = turns.Count,
                Writes = turns.Count(turn => turn.IsSent),
            },
            Ledger = Ledger(survey, turns),
            Acted = [.. turns.Where(turn => turn.IsSent).Select(turn => turn.Row.Target)],
        };
    }

    /// <summary>A target that broke counts as in doubt: nothing is known of it.</summary>
    private static LedgerEntry Ledger(Survey survey, List<Turn> turns)
    {
        var sure = turns.Where(turn => !turn.Evaluation.IsInDoubt).Select(turn => turn.Row.Target).ToHashSet();
        return new LedgerEntry(
            [.. survey.Items
                .GroupBy(item => (item.Target.Id.Subscription, item.Target.Region))
                .Select(group => new FleetCount(
                    group.Key.Subscription, group.Key.Region, group.Count(), group.Count(item => !sure.Contains(item.Target.Id))))],
            [.. turns.Select(turn => turn.Proposal).OfType<LoweringProposal>()]);
    }

    private async Task<Turn> TurnAsync(
        SurveyItem item, TargetRow before, string policyVersion, Survey survey, CancellationToken cancellationToken)
    {
        var now = survey.Tick.Now;
        var (row, evaluation, facts) = await EvaluateAsync(item, before, survey, cancellationToken).ConfigureAwait(false);
        var (isSent, isOutrun) = (false, false);
        var (note, cause) = ("", "");
        LoweringProposal? proposal = null;

        // What it was before is in the row before anything is taken away: it is stored with the action, or not at all.
        var rested = BudgetUse.Remember(OffTurns.Remember(row, evaluation), item, evaluation, survey.Tick);
        if (OffStarts.Of(evaluation, item.Policies, rested, survey, policyVersion) is { } start)
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
                    rested, ActionOrder.Of(plan, evaluation, policyVersion) with { IsUnexpected = proposal is { IsExpected: false } }, cancellationToken).ConfigureAwait(false)
                : new ActionRunner.Attempt(row, IsSent: false, whyNot);
            (row, isSent, note) = (attempt.Row.Version == rested.Version ? row : attempt.Row, attempt.IsSent, attempt.Text);
            isOutrun = attempt.IsOutrun;
            survey.Learn(attempt.Shortage);
            if (isSent)
            {
                survey.Take(plan, item, facts);
            }
        }

        var sizing = isSent || !IsSized(item, evaluation) ? null : await SizeAsync(evaluation, item, row, policyVersion, survey, cancellationToken).ConfigureAwait(false);
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
        return new Turn(
            row,
            isSent || sizing is { IsSent: true },
            evaluation,
            span.Case,
            isSent ? null : proposal ?? sizing?.Proposal,
            [TargetReports.Of(evaluation, span, before, isSent, note), .. TargetReports.Of(evaluation, sizing, before), .. TargetReports.OfOffHours(evaluation)],
            current => Explain(isSent || sizing is { IsSent: true } ? current : See(item, current, survey)).Rested(evaluation.Off, known, now, options.Worker)
                .SeeOperation(item.Target.IsUpdating, waits, time.GetUtcNow(), options.Worker)
                .Evaluated(
                    span, evaluation.Outcome.Decision.Wanted, evaluation.Busy, (evaluation.Memory, evaluation.ChangesMemory), options.Worker,
                    evaluation.Unreadable, evaluation.Load) with
            {
                Standing = standing,
                Trial = PolicyTrial.See(current.Trial, item.Policies.Version, evaluation.IsInDoubt, now),
                Sizing = item.Policies.Vertical is null && item.Finding is null && evaluation.BudgetSize is null ? null : sizing?.Evaluation.Standing ?? current.Sizing,
                Joint = item.Policies.Vertical is null ? null : sizing?.Evaluation.Begins ?? current.Joint,
                Wish = sizing?.Evaluation.Wish ?? current.Wish,
                Sizes = sizing is null ? current.Sizes : current.Sizes.See(item.Target.Sku, now),
            });

        TargetRow Explain(TargetRow current) => who is null ? current : current.Explain(drift!, who, now, options.Worker);
    }

    /// <summary>
    /// Whether its size is looked at; not by other policies while off-hours have lowered it. What a budget asks of one that no policy of
    /// sizes looks after is refused each time, so that it is told why.
    /// </summary>
    private static bool IsSized(SurveyItem item, TargetEvaluation evaluation) => evaluation.Off.Size is not null
        || (evaluation.Off.Memory?.LowSize is null && (item.IsSizeTurn || evaluation.BudgetSize is BudgetSizeTurn.Return || (evaluation.BudgetSize is not null && item.Policies.Vertical is null)));

    private Task<SizeEvaluation> SizeAsync(TargetEvaluation evaluation, SurveyItem item, TargetRow row, Preflights preflights, CancellationToken cancellationToken) =>
        evaluation.Off.Size is not null ? _sizes.RestAsync(evaluation, preflights, cancellationToken)
        : evaluation.BudgetSize is { } turn ? _sizes.UnderBudgetAsync(turn, evaluation, item, row, preflights, cancellationToken)
        : _sizes.EvaluateAsync(evaluation, item, row, preflights, cancellationToken);

    private async Task<SizeTurns.Result> SizeAsync(
        TargetEvaluation evaluation, SurveyItem item, TargetRow row, string policyVersion,
        Survey survey, CancellationToken cancellationToken)
    {
        var sizing = await SizeAsync(evaluation, item, row, survey.Scope.Preflights, cancellationToken).ConfigureAwait(false);
        var result = await _sizes.ActAsync(sizing, evaluation, row, survey.Scope.Permits, policyVersion, cancellationToken).ConfigureAwait(false);
        if (result.IsSent)
        {
            survey.Take(sizing.Outcome, item);
        }

        return result;
    }

    /// <summary>The row with the capacity there is, and what budgets make of it. What Azure's own autoscale changes is no drift.</summary>
    private TargetRow See(SurveyItem item, TargetRow row, Survey survey)
    {
        var seen = item.Policies.IsSteered(item.Target)
            ? row.Follow(item.Target.Capacity, item.Target.ReadAt)
            : row.See(item.Target.Capacity, item.Target.ReadAt, options.Worker, survey.Scope.CauseOf(item.Target));
        return BudgetUse.See(seen with { Trial = PolicyTrial.Of(seen.Trial, item.Policies.Version, survey.Tick.Now) }, item, survey.Tick);
    }

    /// <summary>
    /// What is decided once the capacity was seen: a tick and a rehearsal know the same. What Azure would refuse is looked up for
    /// what would change only, and then it is decided again.
    /// </summary>
    private async Task<(TargetRow Row, TargetEvaluation Evaluation, Preflight Facts)> EvaluateAsync(
        SurveyItem item, TargetRow before, Survey survey, CancellationToken cancellationToken)
    {
        var row = See(item, before, survey);
        var off = OffTurns.Of(item.Target, item.Policies, row, item.Use, item.Idle, survey.Tick);
        var evaluation = Evaluate(Preflight.Nothing);
        if (await FindingTurns.CountAsync(item, evaluation, row, _sizes, survey.Scope.Preflights, cancellationToken).ConfigureAwait(false) is { } count)
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

    private static string Describe(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";

    private sealed record Turn(
        TargetRow Row, bool IsSent, TargetEvaluation Evaluation, string Case, LoweringProposal? Proposal, IReadOnlyList<TargetReport> Reports,
        Func<TargetRow, TargetRow> Remember);
}
