using System.CommandLine;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Copies the state of SQLite, and makes a state of a copy that may be gone on with.</summary>
internal static class StateCommand
{
    public static Command Create()
    {
        var command = new Verb("state", "Back up the state, in a directory or in an Azure table, and restore it.", "sf state backup state.copy");
        command.Subcommands.Add(Backup());
        command.Subcommands.Add(Restore());
        return command;
    }

    private static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "The copy; it must not be there yet." };
        var state = SharedOptions.State();
        var hosted = Hosted();
        var command = new Verb(
            "backup", "Copy the state as it is at one moment, and check the copy. Works beside a running serve, or a hosted app.",
            "sf state backup state.copy",
            "sf state backup state.copy --state st") { file, state, hosted };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(hosted))
            {
                return await HostedBackup.MakeAsync(parsed.GetValue(file)!, cancellationToken);
            }

            var (directory, copy) = (StateDirectories.Find(parsed.GetValue(state)), parsed.GetValue(file)!);
            Try(() => SqliteBackup.Make(directory, copy));
            Terminal.Note($"{copy} is a copy of the state in {directory}, checked. It tells all that the journal does: keep it as well");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "The copy." };
        var directory = new Argument<string?>("directory")
        {
            Description = "Where the restored state goes: one that is new, or empty.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var hosted = Hosted();
        var (by, reason) = (SharedOptions.By(), SharedOptions.Reason());
        var command = new Verb(
            "restore", "Make a state of a copy: its open actions are never sent, actions are numbered anew, and the kill switch is set until somebody has looked.", "sf state restore state.copy st-new")
        {
            file, directory, hosted, by, reason,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(hosted) == (result.GetValue(directory) is not null))
            {
                result.AddError("restore goes into a directory, or with --hosted into a table: name one of them");
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(hosted)
            ? HostedBackup.RestoreAsync(parsed.GetValue(file)!, parsed.GetValue(by)!, parsed.GetValue(reason)!, cancellationToken)
            : RestoreAsync(parsed.GetValue(file)!, parsed.GetValue(directory)!, parsed.GetValue(by)!, parsed.GetValue(reason)!, cancellationToken));
        return command;
    }

    private static Option<bool> Hosted() => new("--hosted")
    {
        Description = "The state in the Azure table that the app's settings in the environment name (StateStorage__tableServiceUri, StateStorage__table).",
    };

    private static async Task<int> RestoreAsync(string file, string directory, string by, string reason, CancellationToken cancellationToken)
    {
        var target = Path.Combine(directory, "state.db");
        RequireEmpty(directory);

        // Of two that restore at once each works in its own place, and one of them finds the name taken.
        var work = Path.Combine(directory, $"restoring-{Environment.ProcessId}");
        var targets = 0;
        try
        {
            Try(() =>
            {
                Directory.CreateDirectory(work);
                SqliteBackup.Take(file, Path.Combine(work, "state.db"));
            });
            targets = await SettleAsync(work, by, reason, cancellationToken);

            // Only what is whole gets the name that everybody looks for.
            Try(() => File.Move(Path.Combine(work, "state.db"), target));
        }
        finally
        {
            Try(() => Directory.Delete(work, recursive: true));
        }

        await ProveAsync(directory, cancellationToken);
        Terminal.Note($"{targets} targets restored into {directory}. The kill switch is set: go on with '{await NextAsync(directory, cancellationToken)} --state {directory}', look, then 'kill-switch off'");
        return ExitCodes.Done;
    }

    private static async Task<string> NextAsync(string directory, CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(directory);
        return await StatePlace.IsOfAzureAsync(store, cancellationToken) ? "apply --azure --yes" : "serve";
    }

    /// <summary>Makes of a copy a state that sends nothing which was open in it.</summary>
    /// <returns>How many targets it has.</returns>
    internal static async Task<int> SettleAsync(string directory, string by, string reason, CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(directory);
        var rows = new RowStore(store);
        var now = (await rows.ReadFleetAsync(cancellationToken)).LastTickAt ?? TimeProvider.System.GetUtcNow();
        await rows.ChangeFleetAsync(row => row.Restored(by, reason, now), cancellationToken);
        var stored = await rows.ReadAllAsync(cancellationToken);
        foreach (var row in stored)
        {
            await rows.ChangeTargetAsync(row.Target, current => current.Restored(by, reason, now), cancellationToken);
        }

        return stored.Count;
    }

    /// <summary>What a state left behind, as its log of writes, would be taken for part of the restored one.</summary>
    private static void RequireEmpty(string directory)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).FirstOrDefault() is { } left)
        {
            throw new UserErrorException($"{directory} is not empty ({Path.GetFileName(left)} is there); name another directory, and go on there");
        }
    }

    /// <summary>Says only of what can be read under its name that it is restored, and tells where the copy's journal is not whole.</summary>
    internal static async Task ProveAsync(string directory, CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(directory);
        await ProveAsync(store, store, $"the state in {directory}", $"See 'history --verify --state {directory}'", cancellationToken);
    }

    /// <summary>Says only of what can be read where it is that it is restored.</summary>
    internal static async Task ProveAsync(IStateStore store, IDocumentStore documents, string what, string more, CancellationToken cancellationToken)
    {
        if ((await store.ReadFleetAsync(cancellationToken)).KillSwitch is not { IsSet: true })
        {
            throw new UserErrorException($"{what} has no kill switch set after it was restored; do not go on with it");
        }

        await WarnAsync(store, documents, more, cancellationToken);
    }

    internal static async Task WarnAsync(IStateStore store, IDocumentStore documents, string more, CancellationToken cancellationToken)
    {
        var broken = (await JournalProof.OfAsync(store, documents, chain: null, cancellationToken)).Where(chain => chain.Fault is not null).ToList();
        if (broken.Count > 0)
        {
            Terminal.Note($"warning: the journal of the copy is not whole: {broken.Count} chains, the first of {broken[0].Chain}: {broken[0].Fault}. {more}");
        }
    }

    internal static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }
}
