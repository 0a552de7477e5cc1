using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>
/// A worker for as long as a verb takes: the lock of its state, and the functions that local mode and the deployed app have, called in
/// turn. It decides and guards nothing itself.
/// </summary>
internal sealed class ApplyWorker : IAsyncDisposable
{
    /// <summary>Simulated time a sandbox of its own runs first: long enough for a metric window.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(30);

    /// <summary>What Azure's limits would have wait longer is not shown; the tick has its own.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Two ticks are told apart by their minutes.</summary>
    private static readonly TimeSpan TickLength = TimeSpan.FromMinutes(1);

    private readonly WorkerLock _lock;
    private readonly SqliteStateStore _store;
    private readonly SimulatedAzure? _simulated;
    private readonly ServiceProvider _services;

    private ApplyWorker(WorkerLock turn, SqliteStateStore store, SimulatedAzure? simulated, ServiceProvider services) =>
        (_lock, _store, _simulated, _services) = (turn, store, simulated, services);

    public TimeProvider Time => _services.GetRequiredService<TimeProvider>();

    /// <summary>What its ticks did, in order.</summary>
    public ApplyLog Log => _services.GetRequiredService<ApplyLog>();

    /// <summary>Takes the lock of the state and opens the estate.</summary>
    /// <exception cref="UserErrorException">Somebody has the lock, or the state or the policies cannot be used.</exception>
    public static async Task<ApplyWorker> OpenAsync(EstatePlace place, string? named, CancellationToken cancellationToken)
    {
        RefuseBesideRun(place);
        var directory = named ?? SharedOptions.UsualPolicies;
        var policies = PolicyDirectory.Read(directory);
        PolicyMessages.RequireSome(policies.Policies, directory);
        var state = StateDirectories.Prepare(place.State, TimeProvider.System);
        var opened = new Stack<IDisposable>();
        SimulatedAzure? simulated = null;
        try
        {
            var turn = WorkerTurn.Take(state);
            opened.Push(turn);
            var store = SqliteStateStore.Open(state);
            opened.Push(store);
            await StatePlace.RequireAsync(store, state, place.IsAzure, cancellationToken);
            simulated = place.IsAzure ? null : await SimulateAsync(place, store, cancellationToken);
            var services = new ServiceCollection().AddVerbLogging();
            LocalComposition.AddWorker(services, new WorkerSetup($"apply-{Environment.ProcessId}", directory, policies, state, store, Connection(simulated))
            {
                Subscriptions = place.Subscriptions,
                Tell = Terminal.Note,
            }).AddSingleton<ApplyLog>().AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<ApplyLog>());
            await StatePlace.MarkAsync(store, place.IsAzure, cancellationToken);
            if (place.State is null)
            {
                StateDirectories.Announce(state);
            }

            Terminal.Note($"state {state}, on {Where(place)}");
            return new ApplyWorker(turn, store, simulated, services.BuildServiceProvider());
        }
        catch
        {
            await (simulated?.DisposeAsync() ?? ValueTask.CompletedTask);
            while (opened.TryPop(out var one))
            {
                one.Dispose();
            }

            throw;
        }
    }

    /// <summary>The policies in force: the files, unless they wait for a person or somebody chose others.</summary>
    public Task<PolicySet> PoliciesAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<IPolicySource>().CurrentAsync(cancellationToken);

    /// <summary>What a tick would do now, and what earlier ones left unfinished. Writes nothing to Azure.</summary>
    public async Task<ApplyPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var policies = await PoliciesAsync(cancellationToken);
        using var turn = _services.GetRequiredService<AzureTurns>().Begin(LongestWait);
        var rehearsal = await _services.GetRequiredService<ScalingCycle>().RehearseAsync(policies, cancellationToken);
        return new ApplyPlan(new PlanSheet(rehearsal, policies), ApplyWish.Of(rehearsal, policies), await UnderWayAsync(cancellationToken));
    }

    /// <summary>Settles every action that was begun and not seen to its end, and answers what has to be looked at after it.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var reports = new List<TargetReport>();
        await _services.GetRequiredService<ScalingCycle>().SettleAsync(reports, cancellationToken);
        Log.Observe(new TickReport { At = Time.GetUtcNow(), Targets = reports, Decisions = 0, Writes = 0 });
    }

    /// <summary>Runs the next tick: within a minute there is one.</summary>
    /// <returns>Whether it would lower anything, which the tick after it judges and carries out.</returns>
    public async Task<bool> TickAsync(CancellationToken cancellationToken)
    {
        var ledger = _services.GetRequiredService<TickLedger>();
        if (await ledger.LatestAsync(cancellationToken) is { } last && Minute(last.At) >= Minute(Time.GetUtcNow()) && last.At - Time.GetUtcNow() < TickLength)
        {
            await WaitUntilAsync(Minute(last.At) + TickLength, cancellationToken);
        }

        var triggers = new DirectTriggers(_services.GetServices<ITriggerFunction>(), _services.GetRequiredService<IWorkSource>(), _services.GetRequiredService<AzureTurns>(), Time);
        foreach (var failed in await triggers.TickAsync(cancellationToken))
        {
            Log.Fail(failed.Function, failed.Why, failed.IsLater);
        }

        return await ledger.LatestAsync(cancellationToken) is { } tick
            && (await ledger.ReadAsync(tick, cancellationToken)).Any(entry => entry.Proposals.Count > 0);
    }

    /// <summary>What concerns all targets, as it stands now.</summary>
    public Task<FleetRow> FleetAsync(CancellationToken cancellationToken) => _services.GetRequiredService<RowStore>().ReadFleetAsync(cancellationToken);

    /// <summary>What was begun and is not seen to its end.</summary>
    public async Task<IReadOnlyList<TargetId>> UnderWayAsync(CancellationToken cancellationToken)
    {
        var rows = await _services.GetRequiredService<RowStore>().ReadAllAsync(cancellationToken);
        return [.. rows.Where(row => row.IsUnderWay(Time.GetUtcNow())).Select(row => row.Target)];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await (_simulated?.DisposeAsync() ?? ValueTask.CompletedTask);
        _store.Dispose();
        _lock.Dispose();
    }

    /// <summary>A local run decides each minute by itself: what it leaves undone this verb may not do either.</summary>
    private static void RefuseBesideRun(EstatePlace place)
    {
        if (place is { IsAzure: false, Sandbox: null, Estate: null, State: null } && StateDirectories.FindLatest() is { } latest)
        {
            WorkerTurn.Take(latest).Dispose();
        }
    }

    private static async Task<SimulatedAzure> SimulateAsync(EstatePlace place, SqliteStateStore store, CancellationToken cancellationToken)
    {
        var settings = new LocalSettings { Speed = 0, Port = 0, Policies = "", Sandbox = place.Sandbox, Estate = place.Estate ?? EstateNames.Shop };
        var azure = await LocalMode.ConnectAsync(settings, store, cancellationToken);
        if (place.Sandbox is null)
        {
            await azure.Time.AdvanceToAsync(azure.Time.Clock.GetUtcNow() + WarmUp, cancellationToken);
        }

        return azure;
    }

    private static AzureConnection Connection(SimulatedAzure? simulated) => simulated?.Connection
        ?? new AzureConnection { Credential = AzureCredentials.SignedIn(), Time = TimeProvider.System };

    private static string Where(EstatePlace place) => place.IsAzure
        ? place.Subscriptions.Count == 0 ? "Azure" : $"Azure, {place.Subscriptions.Count} subscriptions"
        : place.Sandbox is not null ? "a simulated Azure of another process"
        : $"a fresh simulated Azure, the estate {place.Estate ?? EstateNames.Shop}; name --azure or --subscription for a real one";

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TickLength.Ticks), TimeSpan.Zero);

    private async Task WaitUntilAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (_simulated is { } azure)
        {
            await azure.Time.AdvanceToAsync(at, cancellationToken);
            return;
        }

        if (at - Time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            Terminal.Note($"the next tick is at {at:HH:mm} UTC, in {left.TotalSeconds:0} s");
            await Task.Delay(left, Time, cancellationToken);
        }
    }
}
