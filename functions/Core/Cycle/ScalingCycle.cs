using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Journal;
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
    RowStore rows, ITargetInventory inventory, IMetricSource metrics, ActionRunner actions, CycleOptions options, TimeProvider time)
{
    /// <summary>Runs one tick for every target the policies select.</summary>
    public async Task<TickReport> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("tick");
        var now = time.GetUtcNow();
        var reports = new List<TargetReport>();
        var known = await SettleAsync(reports, cancellationToken).ConfigureAwait(false);
        var estate = await SurveyAsync(policies, now, cancellationToken).ConfigureAwait(false);
        reports.AddRange(estate.Contested);
        var quiet = new List<(TargetRow, Func<TargetRow, TargetRow>)>();
        var (decisions, writes) = (0, 0);
        foreach (var item in estate.Items)
        {
            var row = known.GetValueOrDefault(item.Target.Id) ?? new TargetRow { Target = item.Target.Id };
            try
            {
                var turn = await TurnAsync(item, row, policies.Version, estate.Tick, cancellationToken).ConfigureAwait(false);
                reports.Add(turn.Report);
                decisions++;
                writes += turn.IsSent ? 1 : 0;
                quiet.Add((turn.Row, turn.Remember));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A broken target never stops the others.
                reports.Add(Broken(item.Target.Id, item.Target.Capacity, now, Describe(exception)));
            }
        }

        await rows.WriteAsync(quiet, cancellationToken).ConfigureAwait(false);
        await rows.ChangeFleetAsync(fleet => fleet with { LastTickAt = now }, cancellationToken).ConfigureAwait(false);
        return new TickReport { At = now, Targets = reports, Decisions = decisions, Writes = writes };
    }

    /// <summary>Evaluates every target and writes nothing, neither to Azure nor to the state.</summary>
    public async Task<IReadOnlyList<TargetEvaluation>> RehearseAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var known = stored.ToDictionary(row => row.Target);
        var estate = await SurveyAsync(policies, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return [.. estate.Items.Select(item => TargetEvaluation.Of(
            item.Target,
            item.Policies,
            item.Metrics,
            known.GetValueOrDefault(item.Target.Id) ?? new TargetRow { Target = item.Target.Id },
            estate.Tick))];
    }

    /// <summary>Settles open actions and answers open checks, of every target there is a row for.</summary>
    public async Task<Dictionary<TargetId, TargetRow>> SettleAsync(List<TargetReport> reports, CancellationToken cancellationToken)
    {
        var known = new Dictionary<TargetId, TargetRow>();
        foreach (var stored in await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false))
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
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                reports.Add(Broken(row.Target, row.LastKnownCapacity ?? 0, time.GetUtcNow(), Describe(exception)));
            }

            known[row.Target] = row;
        }

        return known;
    }

    private async Task<Survey> SurveyAsync(PolicySet policies, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var resolved = seen.Targets
            .Select(target => (Target: target, Policies: policies.For(target)))
            .OrderBy(each => each.Target.Id.Key, StringComparer.Ordinal)
            .ToList();
        var selected = resolved
            .Where(each => each.Policies is TargetPolicies.Resolved)
            .Select(each => (each.Target, Policies: (TargetPolicies.Resolved)each.Policies))
            .ToList();
        var series = new Dictionary<string, IReadOnlyDictionary<TargetId, MetricSeries>>();
        foreach (var request in MetricRequests.For(selected, now))
        {
            series[request.Metric] = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return new Survey(
            [.. selected.Select(each => new SurveyItem(
                each.Target,
                each.Policies,
                series.Where(metric => metric.Value.ContainsKey(each.Target.Id))
                    .ToDictionary(metric => metric.Key, metric => metric.Value[each.Target.Id])))],
            new TickContext
            {
                Now = now,
                ModeCeiling = options.ModeCeiling,
                Stop = await rows.ReadStopAsync(cancellationToken).ConfigureAwait(false),
                Interval = options.Interval,
                InventoryDoubt = seen is InventoryReading.Partial partial ? partial.Reason : "",
            },
            [.. resolved.Where(each => each.Policies is TargetPolicies.Conflict).Select(each => Broken(
                each.Target.Id, each.Target.Capacity, now, ((TargetPolicies.Conflict)each.Policies).Message))]);
    }

    private async Task<Turn> TurnAsync(
        SurveyItem item, TargetRow before, string policyVersion, TickContext tick, CancellationToken cancellationToken)
    {
        var row = before.See(item.Target.Capacity, tick.Now, options.Worker);
        var evaluation = TargetEvaluation.Of(item.Target, item.Policies, item.Metrics, row, tick);
        var isSent = false;
        var note = "";
        if (evaluation.Outcome is PlanOutcome.Planned planned)
        {
            (row, isSent, note) = await actions.ActAsync(row, planned.Plan, evaluation, policyVersion, cancellationToken).ConfigureAwait(false);
        }

        var span = DecisionSpans.Of(evaluation, tick.Now, isSent, note);
        return new Turn(
            row,
            isSent,
            TargetReports.Of(evaluation, span, before, isSent, note),
            current => (isSent ? current : current.See(item.Target.Capacity, tick.Now, options.Worker))
                .Evaluated(span, evaluation.Outcome.Decision.Wanted, evaluation.Busy, evaluation.Memory, options.Worker));
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
        ObservedTarget Target, TargetPolicies.Resolved Policies, IReadOnlyDictionary<string, MetricSeries> Metrics);

    private sealed record Survey(IReadOnlyList<SurveyItem> Items, TickContext Tick, IReadOnlyList<TargetReport> Contested);

    private sealed record Turn(TargetRow Row, bool IsSent, TargetReport Report, Func<TargetRow, TargetRow> Remember);
}
