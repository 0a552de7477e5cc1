using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>The kept set that a person put in the place of what the files say, until these change.</summary>
internal sealed class PolicyChoice(RowStore rows, LastGoodPolicies? kept, TimeProvider time, Action<string> tell)
{
    /// <summary>A look costs a read of the fleet's row, and every batch of a tick looks.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private DateTimeOffset? _readAt;

    /// <summary>Who chose; absent when nobody did.</summary>
    public ChosenPolicies? Chosen { get; private set; }

    /// <summary>What was chosen; absent when nothing is.</summary>
    public PolicySnapshot? Set { get; private set; }

    /// <summary>The fleet's row as it was last read or written here; absent before that, and where nothing is kept.</summary>
    public FleetRow? Fleet { get; private set; }

    /// <summary>Takes a newer row than the one that was read.</summary>
    public void Know(FleetRow fleet) => Fleet = kept is null ? null : fleet;

    /// <summary>Reads it again when it is time to; ends one that does not count any more.</summary>
    /// <param name="files">What the files say; absent while that cannot be used.</param>
    /// <param name="isUrgent">Whether the files have changed, so that it is time in any case.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task ReadAsync(PolicySnapshot? files, bool isUrgent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (kept is null || (!isUrgent && _readAt is { } last && (now - last).Duration() < Every))
        {
            return;
        }

        try
        {
            Fleet = await rows.ReadFleetAsync(cancellationToken);
            await TakeAsync(Fleet.Choice, files, kept, cancellationToken);
            _readAt = now;
        }
        catch (StateStoreException) when (_readAt is not null)
        {
            // What was known goes on; whoever has to write to the state tells that it is away.
        }
    }

    private async Task TakeAsync(ChosenPolicies? chosen, PolicySnapshot? files, LastGoodPolicies last, CancellationToken cancellationToken)
    {
        if (chosen is null)
        {
            (Chosen, Set) = (null, null);
        }

        // A worker that has not seen the newer files yet, which somebody chose another set against, knows of no change.
        else if (files is not null && files.Policies.Version != chosen.Files && files.ReadAt > chosen.At)
        {
            await EndAsync(chosen, "the policy files have changed", cancellationToken);
        }
        else if (Set?.Policies.Version == chosen.Version)
        {
            Chosen = chosen;
        }
        else if (await last.Sets.ReadAsync(chosen.Version, cancellationToken) is { WhyNot: null } set)
        {
            (Chosen, Set) = (chosen, set);
        }
        else
        {
            await EndAsync(chosen, "the set is not kept any more, or cannot be used", cancellationToken);
        }
    }

    private async Task EndAsync(ChosenPolicies chosen, string why, CancellationToken cancellationToken)
    {
        await rows.ChangeFleetAsync(row => row.Choice == chosen ? row.EndChoice(why, time.GetUtcNow(), "policies") : row, cancellationToken);
        tell($"the policy set {chosen.Version[..12]} that {chosen.By} chose does not count any more: {why}");
        (Chosen, Set) = (null, null);
    }
}
