using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.App.Local;

/// <summary>
/// What verbs beside a local run see: its state, and its simulated Azure as long as it is running. State is shared through
/// conditional writes, so a handle works at any moment.
/// </summary>
internal sealed class LocalView : IAsyncDisposable
{
    private LocalView(string directory, SqliteStateStore store, SimulatedAzure? azure, string? policies) =>
        (Directory, Store, Azure, Policies) = (directory, store, azure, policies);

    public string Directory { get; }

    public SqliteStateStore Store { get; }

    /// <summary>Absent when the run has ended.</summary>
    public SimulatedAzure? Azure { get; }

    /// <summary>The policy directory of the run; absent when it has ended.</summary>
    public string? Policies { get; }

    /// <summary>Opens the named state, or that of the latest run.</summary>
    /// <returns>Nothing when no state is named and there was no run.</returns>
    public static async Task<LocalView?> OpenAsync(string? named, CancellationToken cancellationToken)
    {
        try
        {
            return await RequireAsync(named, cancellationToken);
        }
        catch (UserErrorException) when (named is null)
        {
            return null;
        }
    }

    /// <summary>Opens the named state, or that of the latest run.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static async Task<LocalView> RequireAsync(string? named, CancellationToken cancellationToken)
    {
        var directory = StateDirectories.Find(named);
        var store = SqliteStateStore.Open(directory);
        var run = RunFile.Read(directory);
        var azure = run is null ? null : await RunningAsync(run, cancellationToken);
        Terminal.Note(azure is null ? $"state {directory}, which no run goes on with" : $"state {directory}");
        return new LocalView(directory, store, azure, azure is null ? null : run?.Policies);
    }

    /// <summary>The time of the run: simulated, so a pause of an hour is an hour of the run.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        if (Azure is not null)
        {
            return Azure.Time.Clock.GetUtcNow();
        }

        // What was done on Azure itself was done in the time there is.
        return await StatePlace.IsOfAzureAsync(Store, cancellationToken)
            ? TimeProvider.System.GetUtcNow()
            : (await Store.ReadFleetAsync(cancellationToken)).LastTickAt ?? TimeProvider.System.GetUtcNow();
    }

    /// <summary>The clock of the run; one that stands still when it has ended.</summary>
    public async Task<TimeProvider> ClockAsync(CancellationToken cancellationToken) =>
        Azure is { } azure ? azure.Time.Clock : new StillTime(await NowAsync(cancellationToken));

    /// <summary>Finds a target by its resource id or its name.</summary>
    /// <exception cref="UserErrorException">None or several fit.</exception>
    public async Task<TargetRow> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var rows = await Store.ReadTargetsAsync(cancellationToken);
        var fitting = rows.Where(row => Is(row.Target.Value, nameOrId) || Is(row.Target.Name, nameOrId)).ToList();
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw new UserErrorException(
                rows.Count == 0
                    ? $"there is no target yet in {Directory}; the first tick of a run finds them: 'serve --state {Directory}'"
                    : $"there is no target '{nameOrId}' in {Directory}; known are {Names(rows.Select(row => row.Target), target => target.Name)}"),
            _ => throw new UserErrorException(
                $"{fitting.Count} targets are called '{nameOrId}'; give the resource id: {Names(fitting.Select(row => row.Target), target => target.Value)}"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (Azure is not null)
        {
            await Azure.DisposeAsync();
        }

        Store.Dispose();
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Names(IEnumerable<TargetId> targets, Func<TargetId, string> name) =>
        string.Join(", ", targets.Select(name).Order(StringComparer.Ordinal).Take(10));

    private static async Task<SimulatedAzure?> RunningAsync(RunFile run, CancellationToken cancellationToken)
    {
        try
        {
            return await SimulatedAzure.ConnectAsync(
                new SandboxConnection(run.SandboxPort, run.SandboxThumbprint), cancellationToken);
        }
        catch (UserErrorException)
        {
            // The run was killed and left its file behind.
            return null;
        }
    }

    /// <summary>The time of a run that has ended.</summary>
    private sealed class StillTime(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
