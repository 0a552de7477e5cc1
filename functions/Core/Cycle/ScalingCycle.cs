using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Journal;
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
    IActivityLog? activityLog = null)
{
    private readonly IReadOnlyList<IMomentarySource> _momentary = [.. momentary ?? []];
    private readonly RollOutRunner _rollOuts = new(rows, actions, options, time);
    private readonly SizeTurns _sizes = new(actions);

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
        var scope = new Scope(seen.Targets, InventoryWatch.Doubt(seen, fleet), new LoweringPermits.All())
        {
            Rooms = Rooms(policies, seen, known.Values),
            Preflights = new Preflights(preflight, known.Values, actions.KindOf),
        };
        var survey = await SurveyAsync(policies, scope, now, cancellationToken).ConfigureAwait(false);
        var batch = await EvaluateAsync(survey, known, policies.Version, reports, cancellationToken).ConfigureAwait(false);
        await rows.ChangeFleetAsync(row => row with { LastTickAt = now }, cancellationToken).ConfigureAwait(false);
        return batch.Report;
    }

    /// <summary>Evaluates one batch of a tick: raises act at once, lowerings only when the tick permits them.</summary>
    public async Task<BatchReport> EvaluateAsync(PolicySet policies, EvaluateRequest request, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("batch");
        var reports = new List<TargetReport>();
        var known = new Dictionary<TargetId, TargetRow>();
        foreach (var target in request.Targets)
        {
            var stored = await rows.ReadAsync(target.Id, cancellationToken).ConfigureAwait(false);
            known[target.Id] = stored.Version == 0 ? stored : await SettleAsync(stored, reports, cancellationToken).ConfigureAwait(false);
        }

        var scope = new Scope(request.Targets, request.InventoryDoubt, new LoweringPermits.Judged(request.Verdicts))
        {
            Events = request.Events,
            Rooms = request.Rooms,
            Preflights = new Preflights(preflight, known.Values, actions.KindOf),
        };
        policies = await PriceAsync(policies, request.Targets, cancellationToken).ConfigureAwait(false);
        var survey = await SurveyAsync(policies, scope, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        TakeWhatWasAdded(survey, known, request.TickAt);
        return await EvaluateAsync(survey, known, policies.Version, reports, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A message may be delivered twice: what its first delivery added is not there to be added again.</summary>
    private static void TakeWhatWasAdded(Survey survey, Dictionary<TargetId, TargetRow> known, DateTimeOffset tickAt)
    {
        foreach (var item in survey.Items)
        {
            var raises = known[item.Target.Id].History.Changes.Where(change => change.At >= tickAt && change.To > change.From);
            survey.Allowance.Take(raises.Sum(change => change.To - change.From), item.Target, item.Policies);
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
        var scope = new Scope(seen.Targets, InventoryWatch.Doubt(seen, fleet), new LoweringPermits.All())
        {
            Rooms = Rooms(policies, seen, known.Values),
            Preflights = new Preflights(preflight, known.Values, actions.KindOf),
        };
        var survey = await SurveyAsync(policies, scope, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
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

                evaluations.Add(item.SizeUses is not { } uses ? evaluation : evaluation with
                {
                    Sizing = await _sizes.EvaluateAsync(evaluation, uses, row, scope.Preflights, cancellationToken).ConfigureAwait(false),
                });
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                broken.Add(Broken(item.Target.Id, item.Target.Capacity, survey.Tick.Now, Describe(exception)));
            }
        }

        return new Rehearsal(seen, evaluations, broken);
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
                reports.Add(Settled(row, stored.Intent!, end));
            }

            (row, var answer) = await actions.CheckAsync(row, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
            {
                reports.Add(Checked(row, stored.Check, answer));
            }

            var look = await _rollOuts.GoOnAsync(row, cancellationToken).ConfigureAwait(false);
            if (look.Text.Length > 0 || look.End is not null)
            {
                reports.Add(RolledOut(row, look));
            }

            row = look.Row;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            reports.Add(Broken(row.Target, row.LastKnownCapacity ?? 0, time.GetUtcNow(), Describe(exception)));
        }

        return row;
    }

    private async Task<BatchReport> EvaluateAsync(
        Survey survey, Dictionary<TargetId, TargetRow> known, string policyVersion, List<TargetReport> reports,
        CancellationToken cancellationToken)
    {
        reports.AddRange(survey.Contested);
        var turns = new List<Turn>();
        foreach (var item in survey.Items)
        {
            var row = known.GetValueOrDefault(item.Target.Id) ?? new TargetRow { Target = item.Target.Id };
            try
            {
                var turn = await TurnAsync(item, row, policyVersion, survey, cancellationToken).ConfigureAwait(false);
                reports.AddRange(turn.Reports);
                turns.Add(turn);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                reports.Add(Broken(item.Target.Id, item.Target.Capacity, survey.Tick.Now, Describe(exception)));
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

    private async Task<Survey> SurveyAsync(PolicySet policies, Scope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var resolved = scope.Targets
            .Select(target => (Target: target, Policies: policies.For(target)))
            .OrderBy(each => each.Target.Id.Key, StringComparer.Ordinal)
            .ToList();
        var selected = resolved
            .Where(each => each.Policies is TargetPolicies.Resolved)
            .Select(each => (each.Target, Policies: (TargetPolicies.Resolved)each.Policies))
            .ToList();
        var series = new Dictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>>();
        foreach (var request in MetricRequests.For(selected, now))
        {
            series[request.Metric.Key] = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var sized = selected.Where(each => each.Policies.Vertical is not null && (SizeRequests.IsTurn(each.Target.Id, now) || scope.Permits.Concerns(each.Target.Id))).ToList();
        var uses = new Dictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>>();
        foreach (var request in SizeRequests.For(sized, now))
        {
            uses[request.Metric.Key] = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var turns = sized.Select(each => each.Target.Id).ToHashSet();
        var moments = await MomentaryRequests.ReadAsync(selected, _momentary, cancellationToken).ConfigureAwait(false);
        List<SurveyItem> items = [];
        foreach (var each in selected)
        {
            items.Add(new SurveyItem(
                each.Target, each.Policies, MomentaryRequests.Add(MetricRequests.Pick(each.Target, each.Policies, series), each.Policies, moments))
            {
                SizeUses = turns.Contains(each.Target.Id) ? SizeRequests.Pick(each.Target, uses) : null,
                Schedule = each.Policies.Predictive is null ? null : await schedules.ReadAsync(each.Target.Id, cancellationToken).ConfigureAwait(false),
            });
        }

        return new Survey(
            scope,
            items,
            new TickContext
            {
                Now = now,
                ModeCeiling = options.ModeCeiling,
                Stop = await rows.ReadStopAsync(cancellationToken).ConfigureAwait(false),
                Interval = options.Interval,
                InventoryDoubt = scope.InventoryDoubt,
            },
            [.. resolved.Where(each => each.Policies is TargetPolicies.Conflict).Select(each => Broken(
                each.Target.Id, each.Target.Capacity, now, ((TargetPolicies.Conflict)each.Policies).Message))])
        {
            Drifts = new DriftActors(activityLog, time),
        };
    }

    private async Task<Turn> TurnAsync(
        SurveyItem item, TargetRow before, string policyVersion, Survey survey, CancellationToken cancellationToken)
    {
        var now = survey.Tick.Now;
        var (row, evaluation, facts) = await EvaluateAsync(item, before, survey, cancellationToken).ConfigureAwait(false);
        var isSent = false;
        var note = "";
        LoweringProposal? proposal = null;
        if (evaluation.Outcome is PlanOutcome.Planned { Plan: var plan })
        {
            var whyNot = plan.IsLowering ? survey.Scope.Permits.WhyNot(plan.Target) : null;
            proposal = plan.IsLowering ? evaluation.Propose(plan, row, now) : null;
            (row, isSent, note) = whyNot is null
                ? await actions.ActAsync(row, plan, evaluation, policyVersion, cancellationToken).ConfigureAwait(false)
                : new ActionRunner.Attempt(row, IsSent: false, whyNot);
            if (isSent)
            {
                survey.Take(plan, item, facts);
            }
        }

        var sizing = item.SizeUses is not { } uses || isSent ? null : await SizeAsync(evaluation, uses, row, policyVersion, survey, cancellationToken).ConfigureAwait(false);
        row = sizing?.Row ?? row;
        var drift = before.Unexplained;
        var who = drift is null ? null : await survey.Drifts.WhoAsync(before.Target, drift, cancellationToken).ConfigureAwait(false);
        var span = DecisionSpans.Of(evaluation, now, isSent, note);
        var standing = TargetStandings.Of(evaluation, item.Policies, options.ModeCeiling);
        return new Turn(
            row,
            isSent || sizing is { IsSent: true },
            evaluation,
            isSent ? null : proposal ?? sizing?.Proposal,
            [TargetReports.Of(evaluation, span, before, isSent, note), .. TargetReports.Of(evaluation, sizing, before)],
            current => Explain(isSent || sizing is { IsSent: true } ? current : See(item, current, survey))
                .Evaluated(
                    span, evaluation.Outcome.Decision.Wanted, evaluation.Busy, (evaluation.Memory, evaluation.ChangesMemory), options.Worker,
                    evaluation.Unreadable, evaluation.Load) with
            {
                Standing = standing,
                Sizing = item.Policies.Vertical is null ? null : sizing?.Evaluation.Standing ?? current.Sizing,
                Sizes = sizing is null ? current.Sizes : current.Sizes.See(item.Target.Sku, now),
            });

        TargetRow Explain(TargetRow current) => who is null ? current : current.Explain(drift!, who, now, options.Worker);
    }

    private async Task<SizeTurns.Result> SizeAsync(
        TargetEvaluation evaluation, IReadOnlyDictionary<UsedPart, MetricSeries> uses, TargetRow row, string policyVersion,
        Survey survey, CancellationToken cancellationToken)
    {
        var sizing = await _sizes.EvaluateAsync(evaluation, uses, row, survey.Scope.Preflights, cancellationToken).ConfigureAwait(false);
        return await _sizes.ActAsync(sizing, evaluation, row, survey.Scope.Permits, policyVersion, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The row with the capacity there is. What Azure's own autoscale changes is no drift.</summary>
    private TargetRow See(SurveyItem item, TargetRow row, Survey survey) =>
        item.Policies.Workload.Actuator != Actuator.Direct && item.Target.Native is not null
            ? row.Follow(item.Target.Capacity, item.Target.ReadAt)
            : row.See(item.Target.Capacity, item.Target.ReadAt, options.Worker, survey.Scope.CauseOf(item.Target));

    /// <summary>
    /// What is decided once the capacity was seen: a tick and a rehearsal know the same. What Azure would refuse is looked up for
    /// what would change only, and then it is decided again.
    /// </summary>
    private async Task<(TargetRow Row, TargetEvaluation Evaluation, Preflight Facts)> EvaluateAsync(
        SurveyItem item, TargetRow before, Survey survey, CancellationToken cancellationToken)
    {
        var row = See(item, before, survey);
        var evaluation = Evaluate(Preflight.Nothing);
        if (!evaluation.WouldChange)
        {
            return (row, evaluation, Preflight.Nothing);
        }

        var facts = await survey.Scope.Preflights.OfAsync(
            item.Target, evaluation.Setting, evaluation.Outcome is PlanOutcome.Planned, evaluation.IsRaise, cancellationToken).ConfigureAwait(false);
        return (row, facts == Preflight.Nothing ? evaluation : Evaluate(facts), facts);

        TargetEvaluation Evaluate(Preflight known) => TargetEvaluation.Of(
            item.Target, item.Policies, item.Metrics, row, survey.Tick with { Rooms = survey.Allowance.Left, Preflight = known }, item.Schedule);
    }

    private TargetReport Settled(TargetRow row, Intent intent, IntentEnd end) => new()
    {
        Target = row.Target,
        At = time.GetUtcNow(),
        Current = intent.Base.Capacity,
        Goal = intent.Goal,
        Kind = end is IntentEnd.Done ? ReportKind.Settled : ReportKind.ActionFailed,
        Text = ReasonText.Of(end),
    };

    private TargetReport Checked(TargetRow row, PendingCheck? check, CheckEnd end) => new()
    {
        Target = row.Target,
        At = time.GetUtcNow(),
        Current = check?.From ?? row.LastKnownCapacity ?? 0,
        Goal = check?.Goal ?? row.LastKnownCapacity ?? 0,
        Kind = end is CheckEnd.Arrived or CheckEnd.Superseded ? ReportKind.Settled : ReportKind.ActionFailed,
        Text = ReasonText.Of(end),
    };

    private TargetReport RolledOut(TargetRow row, RollOutRunner.Look look) => new()
    {
        Target = row.Target,
        At = time.GetUtcNow(),
        Current = row.LastKnownCapacity ?? 0,
        Goal = row.LastKnownCapacity ?? 0,
        Kind = look.End switch
        {
            null => look.IsSent ? ReportKind.Resized : ReportKind.Held,
            RollOutEnd.Well or RollOutEnd.Undone => ReportKind.RolledOut,
            _ => ReportKind.ActionFailed,
        },
        Text = look.End is { } end ? ReasonText.Of(end) : look.Text,
        IsOfSize = true,
    };

    private static TargetReport Broken(TargetId target, int capacity, DateTimeOffset now, string text) => new()
    {
        Target = target,
        At = now,
        Current = capacity,
        Goal = capacity,
        Kind = ReportKind.Error,
        Text = text,
    };

    private static string Describe(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";

    private sealed record SurveyItem(
        ObservedTarget Target, TargetPolicies.Resolved Policies, IReadOnlyDictionary<string, MetricSeries> Metrics)
    {
        public PredictiveSchedule? Schedule { get; init; }

        /// <summary>How much of its size is used; absent when it is not its turn to be asked for.</summary>
        public IReadOnlyDictionary<UsedPart, MetricSeries>? SizeUses { get; init; }
    }

    private sealed record Scope(IReadOnlyList<ObservedTarget> Targets, string InventoryDoubt, LoweringPermits Permits)
    {
        public IReadOnlyDictionary<string, string> Events { get; init; } = new Dictionary<string, string>();

        public IReadOnlyList<FleetRoom> Rooms { get; init; } = [];

        public Preflights Preflights { get; init; } = new(null, []);

        public string CauseOf(ObservedTarget target) => Events.GetValueOrDefault(target.Id.Key) ?? "";
    }

    private sealed record Survey(
        Scope Scope, IReadOnlyList<SurveyItem> Items, TickContext Tick, IReadOnlyList<TargetReport> Contested)
    {
        public FleetAllowance Allowance { get; } = new(Scope.Rooms);

        /// <summary>Asks who changed what we did not.</summary>
        public required DriftActors Drifts { get; init; }

        /// <summary>What a plan adds is there for nobody else.</summary>
        public void Take(Plan plan, SurveyItem item, Preflight facts)
        {
            Allowance.Take(plan, item.Target, item.Policies);
            Scope.Preflights.Take(plan, item.Target, facts);
        }
    }

    private sealed record Turn(
        TargetRow Row, bool IsSent, TargetEvaluation Evaluation, LoweringProposal? Proposal, IReadOnlyList<TargetReport> Reports,
        Func<TargetRow, TargetRow> Remember);
}
