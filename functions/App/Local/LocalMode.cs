using System.Diagnostics;
using Microsoft.Extensions.Logging.Console;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Runs everything on one machine: a simulated Azure, the functions on the real adapters, a trigger host that calls them as the
/// Functions host would, state in SQLite. Simulated time moves on only when everything the tick before caused is done.
/// </summary>
internal sealed class LocalMode
{
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
        var goesOn = settings is { Scenario: null, State: { } given } && SqliteStateStore.IsThere(given);
        var policies = settings.Scenario is not null ? null : goesOn ? PolicyDirectory.ReadOrTell(settings.Policies) : Policies(settings);
        var state = StateDirectories.Prepare(settings.State, TimeProvider.System);
        if (settings.Scenario is { } scenario)
        {
            settings = settings with { Policies = scenario.PutPolicies(state) };
            Terminal.Note($"scenario {scenario.Name}: {scenario.Shows}; its policies are in {settings.Policies}");
        }

        policies ??= Policies(settings);
        using (WorkerTurn.Take(state))
        {
            using var store = SqliteStateStore.Open(state);
            await StatePlace.RequireAsync(store, state, isAzure: false, cancellationToken);
            if (goesOn && await new LastGoodPolicies(store).ReadAsync(cancellationToken) is null)
            {
                policies = Policies(settings);
            }

            await using var azure = await ConnectAsync(settings, store, cancellationToken);
            await StatePlace.MarkAsync(store, isAzure: false, cancellationToken);
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

    /// <summary>The sandbox that was asked for; one of its own goes on where the state has come to.</summary>
    internal static async Task<SimulatedAzure> ConnectAsync(LocalSettings settings, SqliteStateStore store, CancellationToken cancellationToken)
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
        (Verbosity.IsOn ? builder.Logging.AddOnError() : builder.Logging.AddConsole(console => console.FormatterName = LogLines.Format).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>().SetMinimumLevel(LogLevel.Warning))
            // A start that fails is told once, as an error of the command.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        LocalComposition.Add(builder, settings.Policies, policies, state, azure, store, Terminal.Note);
        builder.Services
            .AddSingleton(new RunPrinter(Terminal.Console))
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<RunPrinter>());
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
        using var loop = new LocalLoop(_app, _azure);
        try
        {
            await Progress.WhileAsync(
                _settings.Duration, advance => loop.RunUntilAsync(start + _settings.Duration, advance, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Terminal.Note("interrupted; everything written is kept");
        }
        finally
        {
            RunFile.Remove(_state);
        }

        var (printer, run, simulated) = (_app.Services.GetRequiredService<RunPrinter>(), _app.Services.GetRequiredService<LocalRun>(), _azure.Time.Clock.GetUtcNow() - start);
        real.Stop();

        // What calls that are cut off log, which is written beside the work, comes before the summary.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        printer.PrintSummary(run, _azure.Fleets, simulated, real.Elapsed);
        Terminal.Note($"state {_state}: try 'why TARGET' or 'history'{(_settings.State is null ? "" : $" with --state {_state}")}");
        return ExitCodes.Done;
    }
}
