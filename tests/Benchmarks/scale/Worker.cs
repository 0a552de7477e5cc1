using System.Diagnostics;
using System.Text.Json;
using ScaleFunctions.Adapters;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// The program as it is deployed, in a process of its own: endpoints, cycle, adapters, state. Only Azure is elsewhere, and what calls
/// it is a trigger host of the benchmark. It obeys lines on its input: <c>tick</c> begins a tick and works until nothing is left,
/// <c>work</c> works only; each is answered with the figures as a line of JSON.
/// </summary>
internal static class Worker
{
    private static readonly Dictionary<string, string> AppSettings = new()
    {
        ["TICK_SCHEDULE"] = "0 * * * * *",
        ["FORECAST_SCHEDULE"] = "0 */5 * * * *",
        ["RIGHTSIZE_SCHEDULE"] = "0 17 * * * *",
        ["EVALUATE_QUEUE"] = "evaluate",
        ["VERIFY_QUEUE"] = "verify",
    };

    /// <param name="sandbox">The sandbox as <c>port/thumbprint</c>.</param>
    /// <param name="store">A directory for SQLite, or the connection string of a storage account.</param>
    /// <param name="mode">Whether it acts.</param>
    public static async Task RunAsync(string sandbox, string store, PolicyMode mode)
    {
        await using var azure = await SimulatedAzure.ConnectAsync(SandboxAddress.Parse(sandbox), CancellationToken.None);
        var builder = FunctionApp.CreateBuilder(port: 0);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        var directory = Path.Combine(AppContext.BaseDirectory, "policies");
        var policies = PolicyDirectory.Read(directory);
        builder.Services
            .AddSingleton(azure.Time.Clock)
            .AddAzureAdapters(azure.Connection, [])
            .AddScaling(new CycleOptions { Worker = $"scale-{Environment.ProcessId}", ModeCeiling = mode })
            .AddSingleton<TickTally>()
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<TickTally>())
            .AddSingleton<IPolicySource>(provider => new PolicyWatch(
                directory, policies, provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
                azure.Time.Clock, Console.Error.WriteLine))
            .AddFunctions();
        if (store.Contains('=', StringComparison.Ordinal))
        {
            builder.Services.AddTableState(store, "state").AddStorageWorkQueue(store);
        }
        else
        {
            builder.Services.AddSqliteState(store).AddSqliteWorkQueue(store);
        }

        await using var app = builder.Build();
        await app.StartAsync(port: 0, advice: "", CancellationToken.None);
        using var triggers = new ParallelTriggers(
            new Uri(app.Urls.First()), FunctionFile.ReadAll(AppContext.BaseDirectory, AppSettings), app.Services.GetRequiredService<IWorkSource>(), azure.Time.Clock);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { Length: > 0 } command)
        {
            var figures = await MeasureAsync(triggers, app.Services.GetRequiredService<TickTally>(), beginsTick: command == "tick");
            Console.WriteLine(JsonSerializer.Serialize(figures, ScaleJson.Default.TickFigures));
        }
    }

    private static async Task<TickFigures> MeasureAsync(ParallelTriggers triggers, TickTally tally, bool beginsTick)
    {
        using var process = Process.GetCurrentProcess();
        var (before, allocated, real) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        if (beginsTick)
        {
            await triggers.TickAsync(CancellationToken.None);
        }

        await triggers.DeliverAsync(CancellationToken.None);
        real.Stop();
        process.Refresh();
        var (decisions, writes) = tally.Take();
        var (calls, failed) = triggers.Take();
        return new TickFigures
        {
            WallMilliseconds = real.Elapsed.TotalMilliseconds,
            ProcessorMilliseconds = (process.TotalProcessorTime - before).TotalMilliseconds,
            AllocatedMegabytes = (GC.GetTotalAllocatedBytes() - allocated) / 1e6,
            ResidentMegabytes = process.WorkingSet64 / 1048576.0,
            Decisions = decisions,
            Writes = writes,
            Calls = calls,
            FailedCalls = failed,
        };
    }
}
