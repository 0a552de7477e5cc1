using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Where state lies. A local run without <c>--state</c> gets a directory of its own, because the simulated Azure it runs
/// against begins anew too; verbs look at the latest one.
/// </summary>
internal static class StateDirectories
{
    private const string Root = ".scalefunctions";
    private const int RunsKept = 10;

    private static string Latest => Path.Combine(Root, "latest");

    /// <summary>Makes the directory of a new run, or the named one.</summary>
    public static string Prepare(string? named, TimeProvider realTime)
    {
        if (named?.Trim().Length == 0)
        {
            throw new UserErrorException("the name of the state directory is empty; name a directory with --state");
        }

        if (File.Exists(named ?? Root))
        {
            throw new UserErrorException($"{named ?? Root} is a file; name a directory with --state");
        }

        try
        {
            if (named is not null)
            {
                Directory.CreateDirectory(named);
                return named;
            }

            var runs = Path.Combine(Root, "runs");
            Directory.CreateDirectory(runs);
            RemoveOldest(runs);
            return CreateRun(runs, realTime.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"the state directory {named ?? Root} cannot be made: {exception.Message} Name another one with --state.", exception);
        }
    }

    /// <summary>Makes a run without <c>--state</c> the one that verbs look at.</summary>
    public static void Announce(string directory)
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Latest, Path.GetFullPath(directory));
    }

    /// <summary>The directory a verb looks at.</summary>
    public static string Find(string? named)
    {
        if (named is not null)
        {
            return File.Exists(Path.Combine(named, "state.db"))
                ? named
                : throw new UserErrorException($"there is no state in {named}: no file state.db. Name the directory that was given to serve.");
        }

        return FindLatest() ?? throw new UserErrorException(
            "there has been no local run here yet. Start one with 'dotnet run --project functions/App', or name a state directory with --state.");
    }

    /// <summary>The directory of the latest local run; nothing when there was none.</summary>
    public static string? FindLatest()
    {
        var latest = File.Exists(Latest) ? File.ReadAllText(Latest).Trim() : "";
        return latest.Length > 0 && File.Exists(Path.Combine(latest, "state.db")) ? latest : null;
    }

    private static string CreateRun(string runs, DateTimeOffset now)
    {
        for (var suffix = 0; ; suffix++)
        {
            var directory = Path.Combine(runs, suffix == 0 ? $"{now:yyyyMMdd-HHmmss}" : $"{now:yyyyMMdd-HHmmss}-{suffix}");
            if (!Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory);
                return directory;
            }
        }
    }

    private static void RemoveOldest(string runs)
    {
        foreach (var old in Directory.GetDirectories(runs).Order(StringComparer.Ordinal).SkipLast(RunsKept))
        {
            if (WorkerLock.TryTake(old, TimeProvider.System) is WorkerLockResult.Taken { Lock: var unused })
            {
                unused.Dispose();
                Directory.Delete(old, recursive: true);
            }
        }
    }
}
