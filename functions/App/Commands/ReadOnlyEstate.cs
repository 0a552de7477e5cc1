using System.CommandLine;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.App.Commands;

/// <summary>The policies and the estate as a verb that changes nothing sees them: of the running local mode, else of a fresh simulated Azure.</summary>
internal static class ReadOnlyEstate
{
    /// <summary>Simulated time a fresh sandbox runs before it is looked at: long enough for a metric window.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(30);

    /// <summary>What Azure's limits would have wait longer is deferred, and told.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The same of a real estate, which is large, and nobody waits for the next tick.</summary>
    private static readonly TimeSpan LongestWaitForAzure = TimeSpan.FromMinutes(2);

    public static Option<string?> Policies() => new("--policies")
    {
        Description = "Directory of policy files. Default: that of the running local mode, else 'policies'.",
        HelpName = "DIR",
    };

    /// <summary>Uses the estate that is meant: Azure itself or the sandbox of another process, with the state that is named or none, or a simulated one.</summary>
    /// <exception cref="UserErrorException">There is no such state, or it is of another Azure.</exception>
    public static Task<int> UseAsync(
        EstatePlace place, string? named, Func<PolicySet, IServiceProvider, Task<int>> use, CancellationToken cancellationToken) =>
        place is { IsAzure: true } or { Sandbox: not null }
            ? UseOtherAsync(place, named ?? SharedOptions.UsualPolicies, use, cancellationToken)
            : UseAsync(named, place.State, place.Estate, use, cancellationToken);

    public static async Task<int> UseAsync(
        string? named, string? state, string? estate, Func<PolicySet, IServiceProvider, Task<int>> use, CancellationToken cancellationToken)
    {
        if (estate is not null)
        {
            return await UseNamedAsync(named ?? SharedOptions.UsualPolicies, estate, use, cancellationToken);
        }

        await using var view = await LocalView.OpenAsync(state, cancellationToken);
        if (view is not null)
        {
            await StatePlace.RequireAsync(view.Store, view.Directory, isAzure: false, cancellationToken);
        }

        var directory = named ?? view?.Policies ?? SharedOptions.UsualPolicies;
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.RequireSome(policies, directory);
        if (view is { Azure: { } azure, Store: { } store })
        {
            if (named is null)
            {
                await TellPoliciesAsync(store, directory, cancellationToken);
            }

            return await UseAsync(policies, azure, store, "plan", use);
        }

        Terminal.Note(view is null
            ? "no local run is going on; this is of a fresh simulated Azure"
            : "that run has ended, and its simulated Azure with it; this is of a fresh one");
        return await UseFreshAsync(policies, EstateNames.Shop, use, cancellationToken);
    }

    private static async Task TellPoliciesAsync(SqliteStateStore store, string directory, CancellationToken cancellationToken)
    {
        foreach (var note in FleetNotes.BesideFiles(await store.ReadFleetAsync(cancellationToken), directory))
        {
            Terminal.Note(note);
        }
    }

    /// <summary>Reads an estate that others keep. Nothing could be written: there is no way for it.</summary>
    private static async Task<int> UseOtherAsync(
        EstatePlace place, string directory, Func<PolicySet, IServiceProvider, Task<int>> use, CancellationToken cancellationToken)
    {
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.RequireSome(policies, directory);
        var scratch = place.State is null ? Directory.CreateTempSubdirectory("scalefunctions-plan-").FullName : null;
        try
        {
            using var store = SqliteStateStore.Open(scratch ?? StateDirectories.Find(place.State));
            await StatePlace.RequireAsync(store, place.State ?? "", place.IsAzure, cancellationToken);
            await TellPoliciesAsync(store, directory, cancellationToken);
            var (code, _) = await place.UseAsync(
                connection => UseAsync(
                    policies, connection.Time, store, "plan",
                    services => services.AddAzureRehearsal(connection, place.Subscriptions), place.IsAzure ? LongestWaitForAzure : LongestWait, use),
                cancellationToken);
            return code;
        }
        finally
        {
            if (scratch is not null)
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    /// <summary>An estate somebody asks for by name is always a fresh one.</summary>
    private static async Task<int> UseNamedAsync(
        string directory, string estate, Func<PolicySet, IServiceProvider, Task<int>> use, CancellationToken cancellationToken)
    {
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.RequireSome(policies, directory);
        Terminal.Note($"on a fresh simulated Azure, the estate {estate}");
        return await UseFreshAsync(policies, estate, use, cancellationToken);
    }

    private static async Task<int> UseFreshAsync(
        PolicySet policies, string estate, Func<PolicySet, IServiceProvider, Task<int>> use, CancellationToken cancellationToken)
    {
        var settings = new LocalSettings { Speed = 0, Port = 0, Policies = "", Estate = estate };
        await using var azure = await SimulatedAzure.StartAsync(settings, null, new Dictionary<string, int>(), cancellationToken);
        var scratch = Directory.CreateTempSubdirectory("scalefunctions-plan-").FullName;
        try
        {
            using var store = SqliteStateStore.Open(scratch);
            await azure.Time.AdvanceToAsync(azure.Time.Clock.GetUtcNow() + WarmUp, cancellationToken);
            return await UseAsync(policies, azure, store, "plan", use);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Everything that decides, as a verb makes it beside a run: on its state and its simulated Azure.</summary>
    internal static Task<int> UseAsync(
        PolicySet policies, SimulatedAzure azure, SqliteStateStore store, string worker, Func<PolicySet, IServiceProvider, Task<int>> use) =>
        UseAsync(policies, azure.Time.Clock, store, worker, services => services.AddAzureAdapters(azure.Connection, []), LongestWait, use);

    private static async Task<int> UseAsync(
        PolicySet policies, TimeProvider time, SqliteStateStore store, string worker, Action<IServiceCollection> addAzure, TimeSpan longestWait,
        Func<PolicySet, IServiceProvider, Task<int>> use)
    {
        var collection = new ServiceCollection()
            .AddVerbLogging()
            .AddSingleton(time)
            .AddSingleton<UsageCounter>()
            .AddSqliteState(store)
            .AddScaling(new CycleOptions { Worker = worker, ModeCeiling = PolicyMode.Act });
        addAzure(collection);
        await using var services = collection.BuildServiceProvider();
        services.GetRequiredService<ResourceKinds>().Use(policies);
        using var turn = services.GetRequiredService<AzureTurns>().Begin(longestWait);
        return await use(policies, services);
    }
}
