using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
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
    private readonly SettleRunner _open = new(rows, actions, new RollOutRunner(rows, actions, metrics, options, time), time);
    private readonly SizeTurns _sizes = new(actions, new GuardReader(metrics), new JointWishes(sizes, new UsageHistories(metrics, time, usage), time), sizes?.Prices);

    private ItemEvaluations Evaluations => new(_sizes, options);

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
            known[stored.Target] = stored.Version == 0 ? stored : await _open.SettleAsync(stored, reports, cancellationToken).ConfigureAwait(false);
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
        await _open.SettleAsync(row, reports, cancellationToken).ConfigureAwait(false);
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
                var (_, evaluation, facts) = await Evaluations.EvaluateAsync(item, row, survey, cancellationToken).ConfigureAwait(false);
                if (evaluation.Outcome is PlanOutcome.Planned planned)
                {
                    survey.Take(planned.Plan, item, facts);
                }

                var sizing = ItemEvaluations.IsSized(item, evaluation) ? await Evaluations.SizeAsync(evaluation, item, row, scope.Preflights, cancellationToken).ConfigureAwait(false) : null;
                if (sizing is not null && evaluation.Outcome is not PlanOutcome.Planned)
                {
                    survey.Take(sizing.Outcome, item);
                }

                evaluations.Add(sizing is null ? evaluation : evaluation with { Sizing = sizing });
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                broken.Add(TargetReports.Broken(item.Target.Id, item.Target.Capacity, survey.Tick.Now, exception));
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
            known[stored.Target] = await _open.SettleAsync(stored, reports, cancellationToken).ConfigureAwait(false);
        }

        return known;
    }

    private async Task<BatchReport> EvaluateAsync(
        Survey survey, Dictionary<TargetId, TargetRow> known, List<TargetReport> reports,
        CancellationToken cancellationToken)
    {
        reports.AddRange(survey.Contested);
        var runner = new TurnRunner(actions, Evaluations, _sizes, options, time);
        var turns = new List<TurnResult>();
        foreach (var item in survey.Items)
        {
            var row = known.GetValueOrDefault(item.Target.Id) ?? new TargetRow { Target = item.Target.Id };
            try
            {
                var turn = await runner.RunAsync(item, row, survey, cancellationToken).ConfigureAwait(false);
                reports.AddRange(turn.Reports);
                turns.Add(turn);
                CycleMeter.Decided(turn.Reports[0].Kind, turn.Case);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                CycleActivity.Fail(item.Target.Id, exception);
                CycleMeter.Decided(ReportKind.Error);
                reports.Add(TargetReports.Broken(item.Target.Id, item.Target.Capacity, survey.Tick.Now, exception));
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
            Ledger = LedgerEntry.Of(survey, turns),
            Acted = [.. turns.Where(turn => turn.IsSent).Select(turn => turn.Row.Target)],
        };
    }
}
