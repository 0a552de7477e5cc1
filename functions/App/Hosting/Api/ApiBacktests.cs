using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// Rehearses the policies in force on the load a target has had, by the metrics that Azure kept. It is calculated in memory, one at a
/// time in a process: nothing is written, and nothing is evaluated.
/// </summary>
internal sealed class ApiBacktests(ApiReads reads, IPolicySource policies, IMetricSource metrics, SpendDays days, TimeProvider time)
{
    private const int UsualDays = 3;

    /// <summary>Forecasts are made anew each quarter of an hour: some half a second a day, and an answer has to come within 20.</summary>
    private const int MostDaysForecast = 7;

    private const int WarmUpDaysForecast = 7;

    /// <summary>Of what is recorded so much warms up where there is less than was asked for.</summary>
    private const double ShortWarmUp = 0.25;

    private int _isBusy;

    /// <param name="nameOrId">The target.</param>
    /// <param name="wanted">How many of the last days are scored.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    public async Task<ApiAnswer> ReadAsync(string nameOrId, string wanted, CancellationToken cancellationToken)
    {
        if (!ApiReads.IsCount(wanted, UsualDays, ScalingProtocol.LongestScoredDays, out var count))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'days' is 1 to {ScalingProtocol.LongestScoredDays}"));
        }

        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } row)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        var inForce = await policies.CurrentAsync(cancellationToken);

        // While a changed set goes from ring to ring, that which decides on this target.
        var current = inForce.Deciding.FirstOrDefault(set => set.Version == row.Trial?.Version) ?? inForce;
        if (row.Standing is not { } standing || current.For(standing.Workload) is not TargetPolicies.Resolved resolved)
        {
            return None($"no workload with bounds governs '{row.Target.Name}' now, so there is nothing to rehearse");
        }

        if (resolved.Predictive is not null && count > MostDaysForecast)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"with PredictiveScaling 'days' is 1 to {MostDaysForecast}: forecasts are made anew for each quarter of an hour, and an answer has to come soon. The verb 'backtest' takes its time"));
        }

        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0)
        {
            return ApiAnswer.Of(ApiProblem.Unavailable("another rehearsal is going on; ask again when it is over"));
        }

        try
        {
            return await ReplayAsync(row, current, resolved, count, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private async Task<ApiAnswer> ReplayAsync(TargetRow row, PolicySet current, TargetPolicies.Resolved resolved, int count, CancellationToken cancellationToken)
    {
        if (ReplayedSignal.Of(resolved.LoadBased, chosen: null).FirstOrDefault(each => each.As == ReplayedAs.Cpu && LoadRecording.Tells(each.Policy))?.Policy is not { } signal)
        {
            return None($"no signal of the workload '{resolved.Workload.Name}' tells the processors of its own instances, so Azure's metrics do not tell the load. Record it, and replay it with the verb 'backtest --trace FILE'");
        }

        var target = Observed(row);
        var asked = count + (resolved.Predictive is null ? 1 : WarmUpDaysForecast);
        var answer = await metrics.ReadAsync(LoadRecording.Request(signal, target, asked, time.GetUtcNow()), cancellationToken);
        if (answer.Values.FirstOrDefault() is not MetricSeries.Received received)
        {
            return ApiAnswer.Of(ApiProblem.Unavailable($"the metrics of '{row.Target.Name}' could not be read: {(answer.Values.FirstOrDefault() as MetricSeries.Failed)?.Reason ?? "nothing was answered"}"));
        }

        var needed = LoadRecording.Needed(received.Points, FleetModel.FullLoadCpuPercent);
        if (needed.Count < 2)
        {
            return None($"Azure's metrics of '{row.Target.Name}' do not say of how many instances they are, as those of plans do not, or there are none yet: its load is not known");
        }

        try
        {
            var recorded = needed[^1].At + LoadRecording.Grain - needed[0].At;
            var span = ReplaySpan.Of(needed, row.Target.Name, days: Math.Min(count, (1 - ShortWarmUp) * recorded.TotalDays));
            var inputs = new ReplayInputs
            {
                Policies = current,
                Setup = new ReplaySetup
                {
                    Policies = resolved,
                    Target = target,
                    Signals = ReplayedSignal.Of(resolved.LoadBased, signal.Name),
                    Reported = LoadRecording.Reported(received.Points),
                },
                Load = ReplayedLoad.Of(needed, row.Target.Name, span, meanInstances: null),
                Span = span,
                IsMeasured = true,
                Notes = [.. Notes(needed, recorded, count, resolved)],
            };
            inputs = await PricedAsync(inputs, target, cancellationToken);
            var result = await Task.Run(() => Backtest.Run(inputs.Setup, inputs.Load, cancellationToken: cancellationToken), cancellationToken);
            return ApiAnswer.Ok(BacktestView.Of(inputs, result, $"load of {row.Target.Name} by Azure's metrics"), ApiJson.Default.BacktestView);
        }
        catch (FormatException exception)
        {
            return None($"too little of the load is kept to rehearse on: {exception.Message}");
        }
    }

    private static IEnumerable<string> Notes(IReadOnlyList<Core.Signals.Traces.TracePoint> needed, TimeSpan recorded, int days, TargetPolicies.Resolved resolved)
    {
        if (recorded.TotalDays * (1 - ShortWarmUp) < days)
        {
            yield return FormattableString.Invariant($"only {recorded.TotalDays:0.0} days of load are kept: the first quarter warms up, the rest is scored");
        }

        var missing = (recorded / LoadRecording.Grain) - needed.Count;
        if (missing >= 1)
        {
            yield return $"for {Commands.SpanText.Describe(missing * LoadRecording.Grain)} nothing was measured, because nothing ran or metrics were missing: the load is taken to go on straight in between";
        }

        if (resolved.Horizontal.SurvivesLossOf == SurvivableLoss.Zone)
        {
            yield return "in which zones the instances are is not known here: the replay does not keep enough for the loss of one";
        }

        yield return "'as it was' counts instances that reported: those that were booting are not in its cost";
    }

    /// <summary>What the owner declared, else what its spend is counted at today.</summary>
    private async Task<ReplayInputs> PricedAsync(ReplayInputs inputs, ObservedTarget target, CancellationToken cancellationToken)
    {
        if (inputs.Setup.Policies.Guardrails.Select(each => each.Prices).FirstOrDefault(each => each?.Of(target.Sku) is not null) is { } declared)
        {
            return inputs with { Price = declared.Of(target.Sku), Currency = declared.Currency };
        }

        var counted = (await days.ReadAsync(SpendDay.DayOf(time.GetUtcNow()), cancellationToken)).SelectMany(day => day.Rows)
            .FirstOrDefault(row => string.Equals(row.Resource, target.Id.Value, StringComparison.OrdinalIgnoreCase));
        return counted?.Last.Price is PriceReading.Known { Price.PerHour: var price } ? inputs with { Price = price.Amount, Currency = price.Currency } : inputs;
    }

    /// <summary>As much of the target as a replay needs; its count is that of the simulated fleet.</summary>
    private static ObservedTarget Observed(TargetRow row) => new()
    {
        Id = row.Target,
        Region = row.Standing!.Region,
        Sku = row.Standing.Sku,
        Capacity = row.LastKnownCapacity ?? 0,
        IsUpdating = false,

        // Tags nobody could read forbid every lowering, and here none of them is asked for.
        Tags = new TargetTags.Known(new Dictionary<string, string>()),
        ReadAt = row.EvaluatedAt ?? default,
    };

    private static ApiAnswer None(string why) => ApiAnswer.Of(ApiProblem.NotFound(why));
}
