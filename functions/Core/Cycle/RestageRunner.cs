using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Carries machines on that are on their way to a size their hardware does not have. Each step is an action like any other: written down
/// first, stopped by the kill switch or a pause, and settled before the next one.
/// </summary>
internal sealed class RestageRunner(RowStore rows, ActionRunner actions, CycleOptions options, TimeProvider time)
{
    public async Task<RollOutRunner.Look> GoOnAsync(TargetRow row, Restage state, CancellationToken cancellationToken)
    {
        if (row.Intent is not null || actions.KindOf(row.Target) is not { } kind)
        {
            return new RollOutRunner.Look(row, null, "");
        }

        using var activity = CycleActivity.Source.StartActivity("restage.step");
        var reading = await kind.ReadAsync(row.Target, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        switch (Restages.Next(state, reading, now))
        {
            case RestageStep.End { How: var end }:
                var ended = await rows.WriteAsync(row.EndRestage(end, now, options.Worker), cancellationToken).ConfigureAwait(false);
                return ended is null ? new RollOutRunner.Look(row, null, "") : new RollOutRunner.Look(ended, end, "");
            case RestageStep.Watch { State: var watched }:
                return new RollOutRunner.Look(
                    await rows.WriteAsync(row with { Restage = null, RollOut = watched }, cancellationToken).ConfigureAwait(false) ?? row, null, $"it runs with {watched.To}, and is watched");
            case RestageStep.Act { State: var next, What: var what }:
                return await ActAsync(row, state, next, what, now, cancellationToken).ConfigureAwait(false);
            case RestageStep.Wait { State: var next } when next != state:
                return new RollOutRunner.Look(await rows.WriteAsync(row with { Restage = next }, cancellationToken).ConfigureAwait(false) ?? row, null, "");
            default:
                return new RollOutRunner.Look(row, null, "");
        }
    }

    /// <summary>The write of a step, as an order. What it is now was read a moment ago, and is read again before anything is sent.</summary>
    internal static ActionOrder Order(TargetRow row, Restage state, RestageAct what, DateTimeOffset expiresAt) => new()
    {
        Resource = row.Target,
        From = what == RestageAct.Deallocate ? 1 : 0,
        Goal = what switch
        {
            RestageAct.Deallocate => 0,
            RestageAct.Start => 1,
            _ => null,
        },
        Size = what == RestageAct.Resize ? state.Aim : null,
        ExpiresAt = expiresAt,
        Cause = what switch
        {
            RestageAct.Deallocate => $"stopped to become {state.Aim}, which the hardware it runs on does not have",
            RestageAct.Resize when state.Aim != state.To => $"back to {state.Aim}: {state.Why}",
            RestageAct.Resize => $"{state.Aim}, while it is stopped",
            _ => $"started again with {state.Tried?.Size}",
        },
        PolicyVersion = state.PolicyVersion,
        ReasonCode = "restage",
        Minimum = row.Standing?.Minimum ?? 0,
        Maximum = row.Standing?.Maximum ?? 0,
    };

    private async Task<RollOutRunner.Look> ActAsync(TargetRow row, Restage state, Restage next, RestageAct what, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (StepHolds.Of(row, await rows.ReadStopAsync(cancellationToken).ConfigureAwait(false), options.ModeCeiling, now) is { } held)
        {
            // That it is stopped is kept: a person who starts it by hand meanwhile must not find it stopped again.
            var seen = state.WasDown == next.WasDown ? row
                : await rows.WriteAsync(row with { Restage = state with { WasDown = next.WasDown } }, cancellationToken).ConfigureAwait(false) ?? row;
            return new RollOutRunner.Look(seen, null, next.WasDown ? $"it is stopped on its way to {next.Aim} and stays so: {held}" : "");
        }

        var order = Order(row, next, what, now + (2 * options.Interval));
        var begun = row with { Restage = next };
        var attempt = await actions.ActAsync(begun, order, cancellationToken).ConfigureAwait(false);
        return new RollOutRunner.Look(attempt.Row.Version == begun.Version ? row : attempt.Row, null, attempt.Text.Length == 0 ? order.Cause : $"{order.Cause}; {attempt.Text}")
        {
            IsSent = attempt.IsSent,
            IsFailed = attempt is { IsSent: true, Text.Length: > 0 },
        };
    }
}
