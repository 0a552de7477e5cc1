using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Commands.SelfTests;

/// <summary>The functions, called over HTTP, beside a simulated Azure whose write log judges them. State and policies go away with it.</summary>
internal sealed class SelfTestWorld : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly string _directory;
    private readonly SqliteStateStore _store;
    private readonly SimulatedAzure _azure;
    private readonly WebApplication _app;
    private readonly LocalLoop _loop;

    private SelfTestWorld(string directory, SqliteStateStore store, SimulatedAzure azure, WebApplication app, PolicySet policies)
    {
        (_directory, _store, _azure, _app, Policies) = (directory, store, azure, app, policies);
        _loop = new LocalLoop(app, azure);
    }

    public PolicySet Policies { get; }

    public IServiceProvider Services => _app.Services;

    public IStateStore Store => _store;

    public IDocumentStore Documents => _store;

    public SandboxServer Sandbox => _azure.Server!;

    public DateTimeOffset Now => _azure.Time.Clock.GetUtcNow();

    /// <param name="faults">File of faults that the simulated Azure shall show; absent for none.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<SelfTestWorld> StartAsync(string? faults, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("scalefunctions-self-test-").FullName;
        SqliteStateStore? store = null;
        SimulatedAzure? azure = null;
        WebApplication? app = null;
        try
        {
            var scenario = SelfTestEstate.Scenario;
            var settings = new LocalSettings { Speed = 0, Port = 0, Policies = scenario.PutPolicies(directory), Faults = faults, Scenario = scenario };
            var policies = PolicyDirectory.Read(settings.Policies);
            PolicyMessages.RequireSome(policies.Policies, settings.Policies);
            store = SqliteStateStore.Open(directory);
            azure = await SimulatedAzure.StartAsync(settings, null, new Dictionary<string, int>(), cancellationToken);
            var builder = FunctionApp.CreateBuilder(settings.Port);
            LocalComposition.Add(builder, settings.Policies, policies, directory, azure, store, _ => { });
            app = builder.Build();
            app.Use(LocalCallers.GuardAsync);
            await app.StartAsync(settings.Port, "", cancellationToken);
            return new SelfTestWorld(directory, store, azure, app, policies.Policies);
        }
        catch
        {
            await EndAsync(app, azure, store, directory);
            throw;
        }
    }

    /// <summary>Lets the functions run until then.</summary>
    public Task RunUntilAsync(DateTimeOffset end, CancellationToken cancellationToken) => _loop.RunUntilAsync(end, _ => { }, cancellationToken);

    /// <summary>Lets them run, minute by minute, until it is so.</summary>
    /// <returns>Whether it came to be before the end.</returns>
    public async Task<bool> RunUntilAsync(Func<Task<bool>> isSo, DateTimeOffset end, CancellationToken cancellationToken)
    {
        while (!await isSo())
        {
            if (Now >= end)
            {
                return false;
            }

            await RunUntilAsync(Now + Step, cancellationToken);
        }

        return true;
    }

    /// <summary>The writes of a resource that the simulated Azure took, the oldest first.</summary>
    public IReadOnlyList<WriteRecord> Effective(TargetId target, DateTimeOffset from) =>
        [.. Sandbox.Writes.Of(target).Where(write => write is { IsEffective: true, IsForeign: false } && write.At >= from)];

    /// <summary>The journal of a target, the oldest entry first.</summary>
    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(TargetId target, CancellationToken cancellationToken) =>
        [.. (await _store.ReadJournalAsync(new JournalQuery(target.Key, Limit: int.MaxValue), cancellationToken)).OrderBy(entry => entry.Sequence)];

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public ValueTask DisposeAsync()
    {
        _loop.Dispose();
        return EndAsync(_app, _azure, _store, _directory);
    }

    private static async ValueTask EndAsync(WebApplication? app, SimulatedAzure? azure, SqliteStateStore? store, string directory)
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (azure is not null)
        {
            await azure.DisposeAsync();
        }

        store?.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
