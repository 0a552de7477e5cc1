using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Writes rows and projects what they tell into the journal.</summary>
public sealed class RowStore(IStateStore store)
{
    /// <summary>How often a change that anybody may make at any time is tried again on a newer row.</summary>
    private const int Attempts = 5;

    public async Task<IReadOnlyList<TargetRow>> ReadAllAsync(CancellationToken cancellationToken) =>
        await store.ReadTargetsAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The row, or a new one of version 0.</summary>
    public Task<TargetRow> ReadAsync(TargetId target, CancellationToken cancellationToken) =>
        store.ReadTargetAsync(target, cancellationToken);

    /// <summary>The row of each, or a new one of version 0, in the order of the targets.</summary>
    public Task<IReadOnlyList<TargetRow>> ReadAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken) =>
        store.ReadTargetsAsync(targets, cancellationToken);

    /// <summary>Writes the row if it is still the one that was read, and tells the journal.</summary>
    /// <returns>The row as it is now; nothing when somebody else has changed it.</returns>
    public async Task<TargetRow?> WriteAsync(TargetRow row, CancellationToken cancellationToken)
    {
        var answers = await store.WriteTargetsAsync([row], cancellationToken).ConfigureAwait(false);
        return answers[0] is RowWrite.Written written
            ? await TellAsync(row with { Version = written.Version }, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>Writes many rows; a row somebody else has changed meanwhile is read again and the change repeated on it.</summary>
    public async Task WriteAsync(
        IReadOnlyList<(TargetRow Row, Func<TargetRow, TargetRow> Change)> changes, CancellationToken cancellationToken)
    {
        var left = changes;
        for (var attempt = 0; left.Count > 0; attempt++)
        {
            var rows = left.Select(each => each.Change(each.Row)).ToList();
            var answers = await store.WriteTargetsAsync(rows, cancellationToken).ConfigureAwait(false);
            var again = new List<(TargetRow, Func<TargetRow, TargetRow>)>();
            for (var index = 0; index < rows.Count; index++)
            {
                if (answers[index] is RowWrite.Written)
                {
                    await TryTellAsync(rows[index], cancellationToken).ConfigureAwait(false);
                }
                else if (attempt + 1 < Attempts)
                {
                    var newer = await store.ReadTargetAsync(rows[index].Target, cancellationToken).ConfigureAwait(false);
                    again.Add((newer, left[index].Change));
                }
            }

            left = again;
        }
    }

    /// <summary>
    /// Puts the entries waiting in a row's outbox into the journal. They leave the outbox with the row's next write; until
    /// then putting them again changes nothing, so a crash in between loses and doubles nothing.
    /// </summary>
    public async Task<TargetRow> TellAsync(TargetRow row, CancellationToken cancellationToken)
    {
        if (row.Journal.Outbox.Count == 0)
        {
            return row;
        }

        await store.AppendJournalAsync(row.Journal.Outbox, cancellationToken).ConfigureAwait(false);
        return row.Told();
    }

    /// <summary>Entries the journal does not take stay in the outbox; they must not stop the other rows.</summary>
    private async Task TryTellAsync(TargetRow row, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(row, cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException)
        {
            // Settling tells them first at the next tick, and reports the target when it cannot.
        }
    }

    /// <summary>Changes one target's row, again on a newer one when somebody else was faster.</summary>
    /// <exception cref="StateStoreException">The row kept changing.</exception>
    public async Task<TargetRow> ChangeTargetAsync(
        TargetId target, Func<TargetRow, TargetRow> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await store.ReadTargetAsync(target, cancellationToken).ConfigureAwait(false);
            if (await WriteAsync(change(row), cancellationToken).ConfigureAwait(false) is { } written)
            {
                return written;
            }
        }

        throw new StateStoreException($"The row of {target} changed {Attempts} times in a row; please try again");
    }

    public Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) => store.ReadFleetAsync(cancellationToken);

    /// <summary>Changes the fleet's row, again on a newer one when somebody else was faster.</summary>
    /// <exception cref="StateStoreException">The row kept changing.</exception>
    public async Task<FleetRow> ChangeFleetAsync(Func<FleetRow, FleetRow> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var read = await store.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
            var told = read.Told();
            var row = change(told);
            await store.AppendJournalAsync(read.Journal.Outbox, cancellationToken).ConfigureAwait(false);
            if (ReferenceEquals(row, told))
            {
                // A write that changes nothing would only keep others from theirs, the kill switch among them.
                return told;
            }

            if (await store.WriteFleetAsync(row, cancellationToken).ConfigureAwait(false) is RowWrite.Written written)
            {
                await store.AppendJournalAsync(row.Journal.Outbox, cancellationToken).ConfigureAwait(false);
                return (row with { Version = written.Version }).Told();
            }
        }

        throw new StateStoreException($"The fleet's row changed {Attempts} times in a row; please try again");
    }

    /// <summary>Reads the kill switch. A store that cannot be read counts as a switch that is set.</summary>
    public async Task<WriteStop> ReadStopAsync(CancellationToken cancellationToken) =>
        (await ReadStandAsync(cancellationToken).ConfigureAwait(false)).Stop;

    /// <summary>Reads the kill switch, and with it what Azure has just had no more of.</summary>
    public async Task<(WriteStop Stop, IReadOnlyList<SizeShortage> Shortages)> ReadStandAsync(CancellationToken cancellationToken)
    {
        try
        {
            var fleet = await store.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
            return (fleet.KillSwitch.IsSet
                ? new WriteStop.KillSwitch(fleet.KillSwitch.By, fleet.KillSwitch.Reason, fleet.KillSwitch.At)
                : new WriteStop.None(), fleet.Shortages);
        }
        catch (StateStoreException)
        {
            return (new WriteStop.KillSwitchUnreadable(), []);
        }
    }
}
