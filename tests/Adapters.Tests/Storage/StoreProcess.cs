using System.Diagnostics;
using System.Runtime.CompilerServices;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>
/// The test program started a second time, as another worker: it raises one row's version until it is killed or the version
/// is reached, and says each version it was told to have written.
/// </summary>
internal static class StoreProcess
{
    private const string Variable = "SCALEFUNCTIONS_STORE_PROCESS";

    [ModuleInitializer]
    internal static void RunAsWorker()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } arguments)
        {
            return;
        }

        var parts = arguments.Split('|');
        using var workerLock = (WorkerLock.TryTake(parts[0], TimeProvider.System) as WorkerLockResult.Taken)?.Lock;
        using var store = SqliteStateStore.Open(parts[0]);
        Raise(store, long.Parse(parts[1]), version => Console.Out.WriteLine(version));
        Environment.Exit(0);
    }

    public static Process Start(string directory, long versions)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[Variable] = $"{directory}|{versions}";
        return Process.Start(start)!;
    }

    /// <summary>Raises the row's version to the given one, with whoever else does; returns how many writes were ours.</summary>
    public static int Raise(IStateStore store, long versions, Action<long>? written = null)
    {
        var won = 0;
        while (true)
        {
            var row = store.ReadTargetAsync(Target("contended"), CancellationToken.None).Result;
            if (row.Version >= versions)
            {
                return won;
            }

            if (store.WriteTargetsAsync([row], CancellationToken.None).Result[0] is RowWrite.Written { Version: var version })
            {
                won++;
                written?.Invoke(version);
            }
        }
    }
}
