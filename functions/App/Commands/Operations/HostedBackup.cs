using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>
/// Copies a state that is in an Azure table into a file of the form that a local state has, so that <c>history</c> and <c>why</c> read
/// it, too; and makes a table of such a copy.
/// </summary>
internal static class HostedBackup
{
    public static async Task<int> MakeAsync(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new StateStoreException($"{file} is there already; a backup overwrites nothing");
        }

        using var hosted = HostedStores.Open();
        if ((await hosted.Rows.ReadFleetAsync(cancellationToken)).Version == 0)
        {
            throw new UserErrorException($"there is no state in the table {hosted.Name}; look at StateStorage__tableServiceUri and StateStorage__table in the environment, and whether the app has run");
        }

        // Only what is whole gets the name.
        var work = $"{file}.unfinished-{Environment.ProcessId}";
        try
        {
            StateCommand.Try(() => Directory.CreateDirectory(work));
            var targets = await CopyAsync(hosted, work, cancellationToken);
            SqliteBackup.Make(work, file);
            Terminal.Note($"{file} is a copy of the state in the table {hosted.Name}, of {targets} targets, checked. It tells all that the journal does: keep it as well");
            return ExitCodes.Done;
        }
        finally
        {
            StateCommand.Try(() => Directory.Delete(work, recursive: true));
        }
    }

    public static async Task<int> RestoreAsync(string file, string by, string reason, CancellationToken cancellationToken)
    {
        using var hosted = HostedStores.Open();
        await RequireEmptyAsync(hosted, cancellationToken);
        var work = Directory.CreateTempSubdirectory("scalefunctions-restore-").FullName;
        try
        {
            SqliteBackup.Take(file, Path.Combine(work, "state.db"));
            await StateCommand.SettleAsync(work, by, reason, cancellationToken);
            using var store = SqliteStateStore.Open(work);
            var targets = await new StateCopy(store, store, store, store).IntoAsync(hosted.Rows, hosted.Documents, cancellationToken);
            await StateCommand.ProveAsync(hosted.Rows, hosted.Documents, $"the table {hosted.Name}", "'state backup --hosted' and 'history --verify' tell all of it", cancellationToken);
            Terminal.Note($"{targets} targets restored into the table {hosted.Name}. The kill switch is set: start the app on it, look, then clear the switch");
            return ExitCodes.Done;
        }
        finally
        {
            StateCommand.Try(() => Directory.Delete(work, recursive: true));
        }
    }

    private static async Task<int> CopyAsync(HostedStores hosted, string directory, CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(directory);
        var targets = await new StateCopy(hosted.Rows, hosted.Documents, hosted.Listing, hosted.Feed).IntoAsync(store, store, cancellationToken);

        // The app that wrote it works on Azure itself; verbs on a restored copy have to know.
        await StatePlace.MarkAsync(store, isAzure: true, cancellationToken);
        await StateCommand.WarnAsync(store, store, "It was so before, or somebody has been at the table", cancellationToken);
        return targets;
    }

    /// <summary>Two histories in one table could not be told apart; and a worker may be running on what is there.</summary>
    private static async Task RequireEmptyAsync(HostedStores hosted, CancellationToken cancellationToken)
    {
        if ((await hosted.Rows.ReadFleetAsync(cancellationToken)).Version != 0 || (await hosted.Rows.ReadTargetsAsync(cancellationToken)).Count > 0)
        {
            throw new UserErrorException($"the table {hosted.Name} holds a state already; name another one with StateStorage__table, and in the app's settings as well");
        }
    }
}
