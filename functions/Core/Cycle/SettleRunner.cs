using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Settles what is open on a target before anything is decided on it: the action in flight, the check after it, and the roll-out
/// of a size.
/// </summary>
internal sealed class SettleRunner(RowStore rows, ActionRunner actions, RollOutRunner rollOuts, TimeProvider time)
{
    /// <summary>Settles one target and adds what there is to report of it. A broken target is reported, and never stops the others.</summary>
    public async Task<TargetRow> SettleAsync(TargetRow stored, List<TargetReport> reports, CancellationToken cancellationToken)
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

            var look = await rollOuts.GoOnAsync(row, cancellationToken).ConfigureAwait(false);
            if (look.End is RollOutEnd.Undone && row is not ({ RollOut.IsOwed: true } or { Restage.IsOwed: true }))
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
            reports.Add(TargetReports.Broken(row.Target, row.LastKnownCapacity ?? 0, time.GetUtcNow(), exception));
        }

        return row;
    }
}
