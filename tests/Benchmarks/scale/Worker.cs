using System.Text.Json;
using ScaleFunctions.Adapters;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// The program as it is deployed, in a process of its own: endpoints, cycle, adapters, state. Azure is elsewhere, and so is what calls
/// it (<see cref="TriggerHost"/>). It says on which port it listens, and answers lines on its input:
/// <c>figures</c> with what it did since, <c>time</c> when it knows the time.
/// </summary>
internal static class Worker
{
    /// <param name="sandbox">The sandbox as <c>port/thumbprint</c>.</param>
    /// <param name="store">A directory for SQLite, or the connection string of a storage account.</param>
    /// <param name="clock">The file with the time of all (<see cref="SharedClock"/>).</param>
    /// <param name="mode">Whether it acts.</param>
    public static async Task RunAsync(string sandbox, string store, string clock, PolicyMode mode)
    {
        await using var azure = await SimulatedAzure.ConnectAsync(SandboxAddress.Parse(sandbox), CancellationToken.None);
        using var time = new SharedClock(clock, azure.Time.Clock);
        var builder = FunctionApp.CreateBuilder(port: 0);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        var directory = Path.Combine(AppContext.BaseDirectory, "policies");
        var policies = PolicyDirectory.Read(directory);
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddAzureAdapters(azure.Connection, [])
            .AddScaling(new CycleOptions { Worker = $"scale-{Environment.ProcessId}", ModeCeiling = mode })
            .AddSingleton<TickTally>()
            .AddSingleton<ICycleObserver>(provider => provider.GetRequiredService<TickTally>())
            .AddSingleton<IPolicySource>(provider => new PolicyWatch(
                directory, policies, provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
                time, Console.Error.WriteLine))
            .AddFunctions();
        Store.Add(builder.Services, store);
        await using var app = builder.Build();
        await app.StartAsync(port: 0, advice: "", CancellationToken.None);
        Console.WriteLine($"ready {new Uri(app.Urls.First()).Port}");
        var (tally, allocated) = (app.Services.GetRequiredService<TickTally>(), GC.GetTotalAllocatedBytes());
        while (Console.ReadLine() is { Length: > 0 } asked)
        {
            if (asked == "time")
            {
                // Another worker's tick moves the clock too.
                await azure.Time.SpendAsync(TimeSpan.Zero, CancellationToken.None);
                Console.WriteLine(asked);
                continue;
            }

            var (decisions, now) = (tally.Take(), GC.GetTotalAllocatedBytes());
            Console.WriteLine(JsonSerializer.Serialize(new WorkerFigures((now - allocated) / 1e6, decisions), ScaleJson.Default.WorkerFigures));
            allocated = now;
        }
    }
}
