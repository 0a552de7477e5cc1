using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads what an evaluation needs to know: each metric once for all targets that need it.</summary>
internal sealed class Surveys(
    RowStore rows, PredictiveSchedules schedules, IMetricSource metrics, IReadOnlyList<IMomentarySource> momentary, IActivityLog? activityLog,
    CycleOptions options, TimeProvider time, FindingSource? findings = null, BudgetStates? budgets = null, LeftoverMarks? leftovers = null)
{
    public async Task<Survey> MakeAsync(PolicySet policies, SurveyScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var resolved = scope.Targets
            .Select(target => (Target: target, Policies: policies.For(target)))
            .OrderBy(each => each.Target.Id.Key, StringComparer.Ordinal)
            .ToList();
        var selected = resolved
            .Where(each => each.Policies is TargetPolicies.Resolved)
            .Select(each => (each.Target, Policies: (TargetPolicies.Resolved)each.Policies))
            .ToList();
        var idle = new Dictionary<TargetId, LeftoverRecord>();
        foreach (var (target, resolvedPolicies) in selected.Where(each => leftovers is not null && LeftoverActs.Concerns(each.Target, each.Policies)))
        {
            if (await leftovers!.ReadAsync(target.Id, cancellationToken).ConfigureAwait(false) is { } mark && mark.Policy == resolvedPolicies.Findings!.Name)
            {
                idle[target.Id] = mark;
            }
        }

        var series = new Dictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>>();
        foreach (var request in MetricRequests.For(selected, now, idle))
        {
            series[request.Metric.Key] = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var acting = findings is null ? [] : selected.Where(each => FindingSource.ActsOn(each.Policies)).Select(each => each.Target.Id).ToHashSet();
        var sized = selected.Where(each => (each.Policies.Vertical is not null || acting.Contains(each.Target.Id)) && (SizeRequests.IsTurn(each.Target.Id, now, options.Interval) || scope.Permits.Concerns(each.Target.Id))).ToList();
        var uses = new Dictionary<string, IReadOnlyDictionary<MonitoredResource, MetricSeries>>();
        foreach (var request in SizeRequests.For(sized, now))
        {
            uses[request.Metric.Key] = await metrics.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var turns = sized.Select(each => each.Target.Id).ToHashSet();
        var moments = await MomentaryRequests.ReadAsync(selected, momentary, cancellationToken).ConfigureAwait(false);
        List<SurveyItem> items = [];
        foreach (var each in selected)
        {
            items.Add(new SurveyItem(
                each.Target, each.Policies, MomentaryRequests.Add(MetricRequests.Pick(each.Target, each.Policies, series), each.Policies, moments))
            {
                IsSizeTurn = turns.Contains(each.Target.Id),
                Use = UseReadings.Of(each.Target, each.Policies, series, now, idle.GetValueOrDefault(each.Target.Id)),
                Idle = idle.GetValueOrDefault(each.Target.Id),
                Finding = acting.Contains(each.Target.Id) ? await findings!.ReadAsync(each.Target, each.Policies, cancellationToken).ConfigureAwait(false) : null,
                SizeUses = turns.Contains(each.Target.Id) ? SizeRequests.Pick(each.Target, uses) : null,
                Schedule = each.Policies.Predictive is null ? null : await schedules.ReadAsync(each.Target.Id, cancellationToken).ConfigureAwait(false),
            });
        }

        var (stop, shortages) = await rows.ReadStandAsync(cancellationToken).ConfigureAwait(false);
        return new Survey(
            scope,
            items,
            new TickContext
            {
                Now = now,
                ModeCeiling = options.ModeCeiling,
                Stop = stop,
                Shortages = shortages,
                Interval = options.Interval,
                PolicyVersion = policies.Version,
                InventoryDoubt = scope.InventoryDoubt,
                Budgets = budgets is null ? [] : await budgets.StandingsAsync(policies, cancellationToken).ConfigureAwait(false),
            },
            [.. resolved.Where(each => each.Policies is TargetPolicies.Conflict).Select(each => TargetReports.Broken(
                each.Target.Id, each.Target.Capacity, now, ((TargetPolicies.Conflict)each.Policies).Message))])
        {
            Drifts = new DriftActors(activityLog, time),
        };
    }
}
