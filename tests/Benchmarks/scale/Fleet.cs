using System.Diagnostics;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>An estate, what keeps the state, and the workers that look after it.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _directory;
    private readonly SharedClock _clock;

    private Fleet(SandboxServer azure, ServiceProvider services, DirectoryInfo directory, SharedClock clock, IReadOnlyList<WorkerProcess> workers)
    {
        (Azure, _services, _directory, _clock, Workers) = (azure, services, directory, clock, workers);
        Triggers = new TriggerHost(services.GetRequiredService<IWorkSource>(), azure.Clock);
    }

    public SandboxServer Azure { get; }

    public TriggerHost Triggers { get; }

    public IReadOnlyList<WorkerProcess> Workers { get; }

    public IStateStore State => _services.GetRequiredService<IStateStore>();

    /// <param name="estate">What is looked after.</param>
    /// <param name="mode">Whether the workers act.</param>
    /// <param name="stores">One worker each: where it keeps its state; one directory, or connection strings of one account.</param>
    /// <param name="own">The account as this process reaches it; absent for SQLite.</param>
    public static async Task<Fleet> StartAsync(EstateSpec estate, PolicyMode mode, IReadOnlyList<string>? stores = null, string? own = null)
    {
        var directory = Directory.CreateTempSubdirectory("scale-");
        var azure = await SandboxServer.StartAsync(
            new SandboxOptions { Estate = estate, Behavior = new EstateOptions { History = TimeSpan.FromDays(1) }, Start = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero) },
            CancellationToken.None);
        var time = Path.Combine(directory.FullName, "clock");
        var clock = new SharedClock(time, azure.Clock);
        clock.Share();
        var workers = new List<WorkerProcess>();
        foreach (var store in stores ?? [directory.FullName])
        {
            workers.Add(await WorkerProcess.StartAsync($"{azure.Port}/{azure.Thumbprint}", store, time, mode));
        }

        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(azure.Clock);
        Store.Add(services, own ?? directory.FullName);
        return new Fleet(azure, services.BuildServiceProvider(), directory, clock, workers);
    }

    /// <summary>Moves the clock to the next minute, and has workers look at it.</summary>
    public async Task AdvanceAsync(IEnumerable<WorkerProcess> workers)
    {
        var now = Azure.Clock.GetUtcNow();
        await Azure.Clock.AdvanceToAsync(new DateTimeOffset(now.Ticks - (now.Ticks % Minute.Ticks), TimeSpan.Zero) + Minute, CancellationToken.None);
        _clock.Share();
        await Task.WhenAll(workers.Select(worker => worker.LookAtClockAsync()));
    }

    /// <summary>One tick: the timer in the first worker, then all messages in all of them. The clock is moved to the next minute before.</summary>
    public async Task<TickMeasure> TickAsync()
    {
        await AdvanceAsync(Workers);
        var (asked, throttled, began, processor) = (Counts(), Azure.Requests.Throttled, Azure.Clock.GetUtcNow(), Processor());
        var real = Stopwatch.StartNew();
        await Triggers.TickAsync(Workers[0].Address, CancellationToken.None);
        await Task.WhenAll(Workers.Select(worker => Triggers.DeliverAsync(worker.Address, CancellationToken.None)));
        real.Stop();
        var figures = await Task.WhenAll(Workers.Select(worker => worker.FiguresAsync()));
        var (reads, metricCalls, writes, kinds) = (0L, 0L, 0L, new List<string>());
        foreach (var (request, count) in Counts())
        {
            var more = count - asked.GetValueOrDefault(request);
            if (more > 0)
            {
                kinds.Add($"{request.Method} {request.Kind} {more}");
            }

            _ = RequestClasses.Of(request.Method, request.Kind) switch
            {
                RequestClass.Read => reads += more,
                RequestClass.Metrics => metricCalls += more,
                RequestClass.Write => writes += more,
                _ => 0,
            };
        }

        return new TickMeasure
        {
            Wall = real.Elapsed,
            Waited = Azure.Clock.GetUtcNow() - began,
            Processor = Processor() - processor,
            ResidentMegabytes = Workers.Max(worker => worker.ResidentMegabytes),
            AllocatedMegabytes = figures.Sum(each => each.AllocatedMegabytes),
            Decisions = figures.Sum(each => each.Decisions),
            Reads = reads,
            MetricCalls = metricCalls,
            Writes = writes,
            Throttled = Azure.Requests.Throttled - throttled,
            FailedCalls = Triggers.Take().Failed,
            Requests = string.Join(", ", kinds),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Workers)
        {
            worker.Dispose();
        }

        Triggers.Dispose();
        await _services.DisposeAsync();
        await Azure.DisposeAsync();
        _clock.Dispose();
        _directory.Delete(recursive: true);
    }

    private TimeSpan Processor() => Workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.ProcessorTime);

    private Dictionary<(string Method, Sandbox.Requests.RequestKind Kind), long> Counts() =>
        Azure.Requests.Counts.ToDictionary(count => (count.Method, count.Kind), count => count.Count);
}
