using System.Diagnostics;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Runs everything on one machine: a simulated Azure, the cycle on the real adapters, state in SQLite. Simulated time moves
/// on to the next minute only when the tick before is done.
/// </summary>
internal sealed class LocalMode
{
    private readonly LocalSettings _settings;
    private readonly string _state;
    private readonly SimulatedAzure _azure;
    private readonly ServiceProvider _services;
    private readonly LocalRun _run;
    private readonly RunPrinter _printer = new(Terminal.Console);

    private LocalMode(LocalSettings settings, string state, SimulatedAzure azure, ServiceProvider services)
    {
        (_settings, _state, _azure, _services) = (settings, state, azure, services);
        _run = new LocalRun(state);
    }

    /// <summary>Runs until the duration is over or somebody interrupts.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        var policies = PolicyDirectory.Load(settings.Policies);
        PolicyMessages.RequireSome(policies, settings.Policies);
        var state = StateDirectories.Prepare(settings.State, TimeProvider.System);
        using (TakeLock(state))
        {
            using var store = SqliteStateStore.Open(state);
            await using var azure = await ConnectAsync(settings, store, cancellationToken);
            await using var services = Compose(azure, store);
            var mode = new LocalMode(settings, state, azure, services);
            await using var page = await StatusPage.StartAsync(settings.Port, mode._run, cancellationToken);
            mode.Announce(page.Urls.First());
            return await mode.RunAsync(policies, cancellationToken);
        }
    }

    private static WorkerLock TakeLock(string state) => WorkerLock.TryTake(state, TimeProvider.System) switch
    {
        WorkerLockResult.Taken taken => taken.Lock,
        WorkerLockResult.Held held => throw new UserErrorException(
            $"another worker runs on the state in {state} ({held.By}); end it first, or name another directory with --state. "
            + "Reads and handles (why, history, pause, kill-switch) work beside it."),
        _ => throw new InvalidOperationException("a lock is taken or held"),
    };

    private static async Task<SimulatedAzure> ConnectAsync(LocalSettings settings, SqliteStateStore store, CancellationToken cancellationToken)
    {
        if (settings.Sandbox is { } address)
        {
            return await SimulatedAzure.ConnectAsync(SandboxAddress.Parse(address), cancellationToken);
        }

        var fleet = await store.ReadFleetAsync(cancellationToken);
        var rows = await store.ReadTargetsAsync(cancellationToken);
        var known = rows.Where(row => row.LastKnownCapacity is not null).ToDictionary(row => row.Target.Key, row => row.LastKnownCapacity!.Value);
        return await SimulatedAzure.StartAsync(settings, fleet.LastTickAt, known, cancellationToken);
    }

    private static ServiceProvider Compose(SimulatedAzure azure, IStateStore store) => new ServiceCollection()
        .AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning))
        .AddSingleton(azure.Time.Clock)
        .AddSingleton(store)
        .AddAzureAdapters(azure.Connection, [])
        .AddScaling(new CycleOptions { Worker = $"local-{Environment.ProcessId}", ModeCeiling = PolicyMode.Act })
        .BuildServiceProvider();

    private void Announce(string pageAddress)
    {
        new RunFile(Environment.ProcessId, _azure.Address.Port, _azure.Address.Thumbprint, Path.GetFullPath(_settings.Policies)).Write(_state);
        if (_settings.State is null)
        {
            StateDirectories.Announce(_state);
        }

        var speed = _settings.Speed == 0 ? "as fast as it goes" : $"at up to {_settings.Speed:0.#} × real time";
        Terminal.Note($"ScaleFunctions, local mode against a simulated Azure from {_azure.Time.Clock.GetUtcNow():yyyy-MM-dd HH:mm} on, {speed}");
        Terminal.Note($"policies {_settings.Policies}, state {_state}, status {pageAddress}");
        var named = _settings.State is null ? "" : $", each with --state {_state}";
        Terminal.Note("a decision is told when it changes; Ctrl-C ends the run");
        Terminal.Note($"in another terminal try: why TARGET, history, pause TARGET, kill-switch on{named}");
        if (_settings.Sandbox is not null)
        {
            Terminal.Note("load, speed and faults are those of the other process's sandbox");
        }
    }

    private async Task<int> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        var real = Stopwatch.StartNew();
        var start = _azure.Time.Clock.GetUtcNow();
        var end = start + _settings.Duration;
        try
        {
            await Progress.WhileAsync(_settings.Duration, advance => LoopAsync(policies, end, advance, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Terminal.Note("interrupted; everything written is kept");
        }
        finally
        {
            RunFile.Remove(_state);
        }

        _printer.PrintSummary(_run, _azure.Fleets, _azure.Time.Clock.GetUtcNow() - start, real.Elapsed);
        Terminal.Note($"state {_state}: try 'why TARGET' or 'history'{(_settings.State is null ? "" : $" with --state {_state}")}");
        return ExitCodes.Done;
    }

    private async Task LoopAsync(PolicySet policies, DateTimeOffset? end, Action<TimeSpan> advance, CancellationToken cancellationToken)
    {
        var cycle = _services.GetRequiredService<ScalingCycle>();
        var watch = new PolicyWatch(_settings.Policies, policies, _services.GetRequiredService<RowStore>(), _azure.Time.Clock);
        var interval = _services.GetRequiredService<CycleOptions>().Interval;
        for (var due = _azure.Time.Clock.GetUtcNow() + interval; end is null || due <= end; due = Next(due, interval))
        {
            await _azure.Time.AdvanceToAsync(due, cancellationToken);
            var current = await watch.CurrentAsync(cancellationToken);
            var tick = await cycle.RunAsync(current, cancellationToken);
            _run.Add(tick);
            _printer.Print(tick);
            advance(interval);
        }
    }

    /// <summary>The next minute that is still to come: a tick that took longer skips what it overran, as the Functions timer does.</summary>
    private DateTimeOffset Next(DateTimeOffset due, TimeSpan interval)
    {
        var now = _azure.Time.Clock.GetUtcNow();
        var skipped = Math.Max(0, (int)Math.Floor((now - due) / interval));
        return due + (interval * (skipped + 1));
    }
}
