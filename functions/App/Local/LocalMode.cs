using System.Diagnostics;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Runs everything on one machine: a simulated Azure, the functions on the real adapters, a trigger host that calls them as the
/// Functions host would, state in SQLite. Simulated time moves on only when everything the tick before caused is done.
/// </summary>
internal sealed class LocalMode
{
    /// <summary>What the functions' files name as <c>%SETTING%</c>; the values of local.settings.sample.json, but for forecasts: here time runs fast, and a run less is noticed.</summary>
    private static readonly Dictionary<string, string> AppSettings = new()
    {
        ["TICK_SCHEDULE"] = "0 * * * * *",
        ["FORECAST_SCHEDULE"] = "0 */5 * * * *",
        ["RIGHTSIZE_SCHEDULE"] = "0 17 * * * *",
        ["COST_SCHEDULE"] = "0 */15 * * * *",
        ["EVALUATE_QUEUE"] = "evaluate",
        ["VERIFY_QUEUE"] = "verify",
        ["BUDGET_QUEUE"] = "budget",
    };

    private readonly LocalSettings _settings;
    private readonly string _state;
    private readonly SimulatedAzure _azure;
    private readonly WebApplication _app;

    private LocalMode(LocalSettings settings, string state, SimulatedAzure azure, WebApplication app) =>
        (_settings, _state, _azure, _app) = (settings, state, azure, app);

    /// <summary>Runs until the duration is over or somebody interrupts.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        var policies = settings.Scenario is null ? Policies(settings) : null;
        var state = StateDirectories.Prepare(settings.State, TimeProvider.System);
        if (settings.Scenario is { } scenario)
        {
            settings = settings with { Policies = scenario.PutPolicies(state) };
            Terminal.Note($"scenario {scenario.Name}: {scenario.Shows}; its policies are in {settings.Policies}");
        }

        policies ??= Policies(settings);
        using (TakeLock(state))
        {
            using var store = SqliteStateStore.Open(state);
            await using var azure = await ConnectAsync(settings, store, cancellationToken);
            var builder = FunctionApp.CreateBuilder(settings.Port);
            Compose(builder, settings, state, policies, azure, store);
            await using var app = builder.Build();
            app.Use(LocalCallers.GuardAsync);
            await app.StartAsync(
                settings.Port, ", perhaps by another local run. Choose another with --port; 0 picks a free one.", cancellationToken);
            var mode = new LocalMode(settings, state, azure, app);
            mode.Announce();
            return await mode.RunAsync(cancellationToken);
        }
    }

    private static PolicySnapshot Policies(LocalSettings settings)
    {
        var policies = PolicyDirectory.Read(settings.Policies);
        PolicyMessages.RequireSome(policies.Policies, settings.Policies);
        return policies;
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

    private static void Compose(
        WebApplicationBuilder builder, LocalSettings settings, string state, PolicySnapshot policies, SimulatedAzure azure, SqliteStateStore store)
    {
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // A start that fails is told once, as an error of the command.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(each => KeyValuePair.Create($"{each.Key}", each.Value?.ToString()))
            .Where(each => each.Key.StartsWith("OTEL_", StringComparison.Ordinal)));
        var telemetry = TelemetrySettings.Read(builder.Configuration, isHosted: false);
        if (telemetry.Problem is { } problem)
        {
            Terminal.Note($"no telemetry: {problem}");
        }

        builder.Services
            .AddTelemetry(telemetry, $"local-{Environment.ProcessId}", InvocationTelemetry.Name)
            .AddSingleton(azure.Time.Clock)
            .AddSqliteState(store)
            .AddSqliteWorkQueue(state)
            .AddAzureAdapters(azure.Connection, [])
            .AddScaling(new CycleOptions { Worker = $"local-{Environment.ProcessId}", ModeCeiling = PolicyMode.Act })
            .AddAlerts(Environment.GetEnvironmentVariable)
            .AddSingleton(provider => new AlertOutbox(
                store, provider.GetServices<IAlertSender>().Select(sender => new LocalAlertSender(sender)), azure.Time.Clock))
            .AddSingleton<LocalBudgetEvents>()
            .AddSingleton<IBudgetEvents>(provider => provider.GetRequiredService<LocalBudgetEvents>())
            .AddSingleton(new LocalRun())
            .AddSingleton(new RunPrinter(Terminal.Console))
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<LocalRun>())
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<RunPrinter>())
            .AddSingleton<IPolicySource>(provider => new PolicyWatch(
                settings.Policies, policies, provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
                azure.Time.Clock, Terminal.Note, new LastGoodPolicies(store), provider.GetRequiredService<ITargetInventory>()))
            .AddFunctions()
            .AddSingleton(new TriggerOptions { AreCallsLimited = false });
    }

    private void Announce()
    {
        new RunFile(Environment.ProcessId, _azure.Address.Port, _azure.Address.Thumbprint, Path.GetFullPath(_settings.Policies)).Write(_state);
        if (_settings.State is null)
        {
            StateDirectories.Announce(_state);
        }

        var speed = _settings.Speed == 0 ? "as fast as it goes" : $"at up to {_settings.Speed:0.#} × real time";
        Terminal.Note($"ScaleFunctions, local mode against a simulated Azure from {_azure.Time.Clock.GetUtcNow():yyyy-MM-dd HH:mm} on, {speed}");
        Terminal.Note($"policies {_settings.Policies}, state {_state}, address {_app.Urls.First()}");
        var named = _settings.State is null ? "" : $", each with --state {_state}";
        Terminal.Note($"open http://localhost:{new Uri(_app.Urls.First()).Port}/ in a browser to see what scales, why, and to stop it");
        Terminal.Note("a decision is told when it changes; Ctrl-C ends the run");
        Terminal.Note($"in another terminal try: why TARGET, history, pause TARGET, kill-switch on{named}");
        if (_settings.Sandbox is not null)
        {
            Terminal.Note("load, speed and faults are those of the other process's sandbox");
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var real = Stopwatch.StartNew();
        var start = _azure.Time.Clock.GetUtcNow();
        try
        {
            await Progress.WhileAsync(
                _settings.Duration, advance => LoopAsync(start + _settings.Duration, advance, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Terminal.Note("interrupted; everything written is kept");
        }
        finally
        {
            RunFile.Remove(_state);
        }

        _app.Services.GetRequiredService<RunPrinter>().PrintSummary(
            _app.Services.GetRequiredService<LocalRun>(), _azure.Fleets, _azure.Time.Clock.GetUtcNow() - start, real.Elapsed);
        Terminal.Note($"state {_state}: try 'why TARGET' or 'history'{(_settings.State is null ? "" : $" with --state {_state}")}");
        return ExitCodes.Done;
    }

    /// <summary>
    /// Moves time to the next timer, lets everything that is due run to its end, and goes on. A tick that took longer than a
    /// minute skips what it overran, as the Functions timer does.
    /// </summary>
    private async Task LoopAsync(DateTimeOffset? end, Action<TimeSpan> advance, CancellationToken cancellationToken)
    {
        using var host = new LocalTriggerHost(
            new Uri(_app.Urls.First()),
            FunctionFile.ReadAll(AppContext.BaseDirectory, AppSettings),
            _app.Services.GetRequiredService<IWorkSource>(),
            _azure.Time.Clock);
        var (events, calls) = (_azure.Events(host), _azure.Calls(new Uri(_app.Urls.First())));
        var budgets = _app.Services.GetRequiredService<LocalBudgetEvents>();
        for (var due = host.NextTimer; end is null || due <= end; due = host.NextTimer)
        {
            var before = _azure.Time.Clock.GetUtcNow();
            await _azure.Time.AdvanceToAsync(due, cancellationToken);
            await (calls?.SettleAsync(cancellationToken) ?? Task.CompletedTask);
            await host.StepAsync(cancellationToken);
            await budgets.DeliverAsync(host, cancellationToken);
            await (events?.TellAsync(cancellationToken) ?? Task.CompletedTask);
            advance(_azure.Time.Clock.GetUtcNow() - before);
        }
    }
}
