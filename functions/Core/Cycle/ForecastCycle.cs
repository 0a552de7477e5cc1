using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Refreshes the forecasts, each target's once in a quarter of an hour, and writes the schedules that decisions look up. It
/// writes nothing to Azure; when it dies the schedules expire and everything is as without forecasts.
/// </summary>
public sealed class ForecastCycle(
    RowStore rows, ForecastStates states, PredictiveSchedules schedules, ForecastTurns turns, ITargetInventory inventory, IMetricSource metrics,
    CycleOptions options, TimeProvider time)
{
    /// <summary>A target waits for the network most of the time, and needs the processor for a fit.</summary>
    private const int AtOnce = 4;

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(ForecastTurns.Minutes);

    /// <summary>Nothing is begun later than this: a minute after it the call is ended, and what it did would be told to nobody.</summary>
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(3);

    /// <summary>Refreshes the targets whose turn it is, as far as there is time.</summary>
    public async Task<ForecastReport> RefreshAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.Deciding.All(set => set.PredictiveScaling.Count == 0))
        {
            return ForecastReport.Nothing;
        }

        using var activity = CycleActivity.Source.StartActivity("forecasts");
        var begun = time.GetUtcNow();
        var turn = await turns.ReadAsync(begun, cancellationToken).ConfigureAwait(false);
        if (turn.Due.Count == 0)
        {
            return ForecastReport.Nothing;
        }

        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var due = Due(seen.Targets, policies, turn.Due, begun.Ticks / Round.Ticks);
        var (report, done) = (ForecastReport.Nothing, 0);
        foreach (var some in due.Chunk(AtOnce))
        {
            if (time.GetUtcNow() - begun >= BeginsWithin)
            {
                // A minute that has too many for one run ends with it, or nobody else would come.
                await turns.DoneAsync(turn, Math.Max(1, due[done].Turn), cancellationToken).ConfigureAwait(false);
                return report with { Left = due.Count - done };
            }

            var reports = await Task.WhenAll(some.Select(each => ReportAsync(each.Target, each.Policies, cancellationToken))).ConfigureAwait(false);
            (report, done) = (reports.Aggregate(report, (all, one) => all.With(one)), done + some.Length);
        }

        await turns.DoneAsync(turn, turn.Due.Count, cancellationToken).ConfigureAwait(false);
        return report;
    }

    /// <summary>The targets of some minutes, in their order; those of a minute begin with another one each round.</summary>
    private static IReadOnlyList<(int Turn, ObservedTarget Target, TargetPolicies.Resolved Policies)> Due(
        IReadOnlyList<ObservedTarget> targets, PolicySet policies, IReadOnlyList<int> minutes, long round)
    {
        var ofMinutes = targets.ToLookup(target => TargetTurns.Of(target.Id, ForecastTurns.Minutes));
        return [.. minutes.SelectMany((minute, turn) => TargetTurns.Rotate(
            [.. ofMinutes[minute]
                .Select(target => (Turn: turn, Target: target, Policies: (policies.For(target) as TargetPolicies.Resolved)!))
                .Where(each => each.Policies?.Predictive is not null)
                .OrderBy(each => each.Target.Id.Key, StringComparer.Ordinal)],
            round))];
    }

    private async Task<ForecastReport> ReportAsync(ObservedTarget target, TargetPolicies.Resolved policies, CancellationToken cancellationToken)
    {
        try
        {
            var isMade = await RefreshAsync(target, policies, cancellationToken).ConfigureAwait(false);
            return new ForecastReport(isMade ? 1 : 0, isMade ? 0 : 1, []);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A broken target never stops the others.
            return new ForecastReport(0, 0, [(target.Id, $"{exception.GetType().Name}: {exception.Message}")]);
        }
    }

    private async Task<bool> RefreshAsync(ObservedTarget target, TargetPolicies.Resolved policies, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = await rows.ReadAsync(target.Id, cancellationToken).ConfigureAwait(false);
        if (ForecastUse.Wish(policies, row) is not { } wish)
        {
            return false;
        }

        var (before, version) = await states.ReadAsync(target.Id, wish.Signal, cancellationToken).ConfigureAwait(false);
        var sized = ForecastSizes.Of(before, policies.LoadBased!.Signals.First(each => each.Name == wish.Signal), target, row, now);
        var known = sized.HasHistory ? sized : await WithHistoryAsync(sized, target, policies, now, cancellationToken).ConfigureAwait(false);
        var bins = row.Load is { } load && load.Signal == wish.Signal ? load.Complete : [];
        var after = ForecastKeeper.Refresh(known, ForecastSizes.Since(known, bins), ScheduleMaking.LeadSteps(wish.Lead), wish.IsDayOff);
        var schedule = ScheduleMaking.Of(after, wish, now);
        if (after.ScoreOf(after.Champion) is { Weight: > 0 } score)
        {
            CycleMeter.Scored(score.Relative);
        }

        // Between two fits everything follows from the last one and the loads in the row, so that the state need not be written.
        if (IsNew(after, before) && !await states.WriteAsync(target.Id, after, version, now, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        // Told only by the one whose state is kept, or two at a time would tell it twice.
        if (IsWorthTelling(after, before))
        {
            await rows.ChangeTargetAsync(
                target.Id, current => current.Forecast(Facts(after), Text(after, before), now, options.Worker), cancellationToken).ConfigureAwait(false);
        }

        return schedule is not null && await schedules.WriteAsync(target.Id, schedule, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsNew(ForecastState after, ForecastState before) =>
        after.Methods.Count == 0 || after.FittedAt != before.FittedAt || after.IsAccepted != before.IsAccepted || after.Champion != before.Champion
        || after.HasHistory != before.HasHistory || after.Size != before.Size || after.SizeSince != before.SizeSince;

    private static bool IsWorthTelling(ForecastState after, ForecastState before) =>
        after.IsAccepted != before.IsAccepted || (after.Champion != before.Champion && before.Methods.Count > 0 && after.Methods.Count > 0);

    private async Task<ForecastState> WithHistoryAsync(
        ForecastState state, ObservedTarget target, TargetPolicies.Resolved policies, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var signal = policies.LoadBased!.Signals.First(each => each.Name == state.Signal);
        if (LoadHistories.Source(signal) is not { } metric)
        {
            return state with { HasHistory = true };
        }

        var resource = metric.Of(target);
        var answer = await metrics.ReadAsync(LoadHistories.Request(metric, [resource], now), cancellationToken).ConfigureAwait(false);

        // A source that fails is asked again in a quarter of an hour; until then what was seen must do.
        return answer.GetValueOrDefault(resource) is MetricSeries.Received received
            ? state with { HasHistory = true, Grid = state.Grid.Take(ForecastSizes.Since(state, LoadHistories.Bins(signal, received.Points)).Where(bin => !policies.Predictive!.DaysOff.Contains(bin.At))) }
            : state;
    }

    private static ForecastFacts Facts(ForecastState state)
    {
        var score = state.ScoreOf(state.Champion);
        return new ForecastFacts(state.IsAccepted, state.WhyNot, ScheduleMaking.Name(state.Champion), score.Relative, score.Coverage);
    }

    private static string Text(ForecastState after, ForecastState before) => (after.IsAccepted, before.IsAccepted) switch
    {
        (true, false) => $"the forecast ({ScheduleMaking.Name(after.Champion)}) has proved good and may raise from now on",
        (false, true) => $"the forecast ({ScheduleMaking.Name(after.Champion)}) raises nothing any more: {after.WhyNot}",
        _ => $"the forecast now comes from {ScheduleMaking.Name(after.Champion)}, which did better than {ScheduleMaking.Name(before.Champion)}",
    };
}
