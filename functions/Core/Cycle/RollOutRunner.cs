using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Carries roll-outs of sizes on, each time a target is looked at. All that is known of one is in the target's row, so it goes on
/// wherever it stopped; each batch and each undo is an action like any other: written down first, stopped by the kill switch or a
/// pause, and settled before the next one.
/// </summary>
public sealed class RollOutRunner(RowStore rows, ActionRunner actions, IMetricSource metrics, CycleOptions options, TimeProvider time)
{
    private readonly GuardReader _guards = new(metrics);
    private readonly RestageRunner _restages = new(rows, actions, options, time);

    /// <summary>What became of one look.</summary>
    /// <param name="Row">The row as last written.</param>
    /// <param name="End">How the roll-out ended; absent while it goes on.</param>
    /// <param name="Text">What was done or could not be done; empty when time has to pass.</param>
    public sealed record Look(TargetRow Row, RollOutEnd? End, string Text)
    {
        /// <summary>Whether a write left for Azure.</summary>
        public bool IsSent { get; init; }

        /// <summary>Whether it did not come to what it should, so that a person has to see it.</summary>
        public bool IsFailed { get; init; }
    }

    public async Task<Look> GoOnAsync(TargetRow row, CancellationToken cancellationToken)
    {
        if (row.Restage is { } restage)
        {
            return await _restages.GoOnAsync(row, restage, cancellationToken).ConfigureAwait(false);
        }

        if (row.RollOut is null && row.Peak is { } peak && row.Intent is null)
        {
            return await LookAtPeakAsync(row, peak, cancellationToken).ConfigureAwait(false);
        }

        if (row.RollOut is not { } state || row.Intent is not null || actions.SizedKindOf(row.Target) is not { } kind)
        {
            return new Look(row, null, "");
        }

        using var activity = CycleActivity.Source.StartActivity("rollout.step");
        var reading = await kind.ReadSizeAsync(row.Target, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var guard = state is { IsUndo: false, Terms.Guard: { } terms } && reading is SizeReading.Read read
            ? await _guards.ReadAsync(terms, row.Target, read.Count, RollOuts.GuardedSpan(state, now), now, cancellationToken).ConfigureAwait(false)
            : null;
        switch (RollOuts.Next(state, reading, now, guard))
        {
            case RollOutStep.End { How: var end }:
                var ended = await rows.WriteAsync(row.EndRollOut(end, now, options.Worker), cancellationToken).ConfigureAwait(false);
                return ended is null ? new Look(row, null, "") : new Look(ended, end, "");
            case RollOutStep.Upgrade { State: var next, Instances: var instances }:
                var cause = $"{(instances.Count == 1 ? "1 instance" : $"{instances.Count} instances")} to {state.To}{(state.IsUndo ? $", taking {state.From} back" : "")}";
                return await ActAsync(row, row with { RollOut = next }, Order(row, next, now, cause) with { Upgrade = instances, IsRenewal = true }, now, cancellationToken).ConfigureAwait(false);
            case RollOutStep.Undo { Why: var why } when state.IsByStopping:
                return await StopAsync(row, state, why, now, cancellationToken).ConfigureAwait(false);
            case RollOutStep.Undo { State: var next, Why: var why }:
                return await ActAsync(row, row with { RollOut = next }, Order(row, next, now, $"{state.To} is taken back: {why}") with
                {
                    Size = state.From,
                    RollOut = new(state.Terms, state.UnhealthyBefore, why),
                }, now, cancellationToken).ConfigureAwait(false);
            case RollOutStep.Again { State: var next }:
                return await ActAsync(row, row with { RollOut = next }, Order(row, next, now, $"{state.To} is asked for again: {state.From} is to be taken back ({state.Why})") with
                {
                    FromSize = state.From,
                    Size = state.To,
                    RollOut = new(state.Terms, state.UnhealthyBefore, state.Why) { IsOwed = state.IsOwed },
                }, now, cancellationToken).ConfigureAwait(false);
            case RollOutStep.Wait { State: var next } when next != state:
                return new Look(await rows.WriteAsync(row with { RollOut = next }, cancellationToken).ConfigureAwait(false) ?? row, null, "");
            default:
                return new Look(row, null, "");
        }
    }

    /// <summary>The look at a size that is with all instances, in the busiest hour.</summary>
    private async Task<Look> LookAtPeakAsync(TargetRow row, PeakLook peak, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < peak.From || actions.SizedKindOf(row.Target) is not { } kind)
        {
            return new Look(row, null, "");
        }

        using var activity = CycleActivity.Source.StartActivity("rollout.peak");
        var terms = peak.Of.Terms;
        var reading = await kind.ReadSizeAsync(row.Target, cancellationToken).ConfigureAwait(false);
        var guard = reading is SizeReading.Read read
            ? await _guards.ReadAsync(terms.Guard!, row.Target, read.Count, new GuardSpan(peak.From, peak.To, terms.Pause), now, cancellationToken).ConfigureAwait(false)
            : new GuardStanding.InDoubt(((SizeReading.Unreadable)reading).Reason);
        switch (PeakLooks.Next(peak, guard, reading, now))
        {
            case PeakStep.End { How: var end }:
                var ended = await rows.WriteAsync(row.EndPeak(end, now, options.Worker), cancellationToken).ConfigureAwait(false);
                return new Look(ended ?? row, null, ended is null ? "" : ReasonText.Of(end));
            case PeakStep.Undo { Why: var why } when peak.Of.IsByStopping:
                return await StopAsync(row, peak.Of, why, now, cancellationToken).ConfigureAwait(false);
            case PeakStep.Undo { State: var next, Why: var why }:
                return await ActAsync(row, row with { Peak = next }, Order(row, peak.Of, now, $"{peak.Of.To} is taken back: {why}") with
                {
                    Size = peak.Of.From,
                    RollOut = new(terms, peak.Of.UnhealthyBefore, why),
                }, now, cancellationToken).ConfigureAwait(false);
            case PeakStep.Wait { State: var next } when next != peak:
                return new Look(
                    await rows.WriteAsync(row with { Peak = next }, cancellationToken).ConfigureAwait(false) ?? row, null,
                    next.Unseen == peak.Unseen ? "" : $"{peak.Of.To} could not be judged in the busiest hour and is looked at again until {next.To:yyyy-MM-dd HH:mm}: {next.Doubt}");
            default:
                return new Look(row, null, "");
        }
    }

    /// <summary>The way back leads over a stop, too; its steps are actions of their own.</summary>
    private async Task<Look> StopAsync(TargetRow row, RollOut state, string why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var begun = await rows.WriteAsync(row.TakeBackByStopping(state, why, now), cancellationToken).ConfigureAwait(false);
        return begun is null ? new Look(row, null, "") : new Look(begun, null, $"{state.To} is taken back: {why}");
    }

    private async Task<Look> ActAsync(TargetRow row, TargetRow begun, ActionOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The action would not be sent either; but it would be written down and given up again every few minutes.
        if (StepHolds.Of(row, await rows.ReadStopAsync(cancellationToken).ConfigureAwait(false), options.ModeCeiling, now) is { } held)
        {
            return order.RollOut is null ? new Look(row, null, "") : await HoldBackAsync(row, order, $"it is to be taken back, and is not: {held}", cancellationToken).ConfigureAwait(false);
        }

        var attempt = await actions.ActAsync(begun, order, cancellationToken).ConfigureAwait(false);
        var after = attempt.Row.Version != begun.Version ? attempt.Row
            : order.RollOut is null || attempt.IsOutrun ? row

            // Nothing was written down; that the way back was tried counts all the same, or nobody would ever be asked.
            : await rows.WriteAsync(begun, cancellationToken).ConfigureAwait(false) ?? row;
        return new Look(after, null, attempt.Text.Length == 0 ? order.Cause : $"{order.Cause}; {attempt.Text}")
        {
            IsSent = attempt.IsSent,
            IsFailed = attempt is { IsSent: true, Text.Length: > 0 },
        };
    }

    /// <summary>A size that does no good and stays, because somebody stopped us: told once, and in the row as long as it is so.</summary>
    private async Task<Look> HoldBackAsync(TargetRow row, ActionOrder order, string doubt, CancellationToken cancellationToken)
    {
        var next = row.HoldBack(doubt);
        return next == row || await rows.WriteAsync(next, cancellationToken).ConfigureAwait(false) is not { } written
            ? new Look(row, null, "")
            : new Look(written, null, $"{order.Cause}; {doubt}") { IsFailed = true };
    }

    private ActionOrder Order(TargetRow row, RollOut state, DateTimeOffset now, string cause) =>
        ActionOrder.Of(row, state, now + (2 * options.Interval), cause);
}
