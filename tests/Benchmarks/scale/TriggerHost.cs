using System.Text;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// Calls the functions of workers as the Functions host does under load: the timer in one of them, and for each of them the messages
/// of the queues in parallel, by default 16 and the next ones when 8 are left.
/// </summary>
internal sealed class TriggerHost(IWorkSource queues, TimeProvider time) : IDisposable
{
    /// <summary>The host's <c>batchSize</c> and <c>newBatchThreshold</c> together.</summary>
    private const int Together = 24;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

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

    private readonly IReadOnlyList<FunctionFile> _functions = FunctionFile.ReadAll(AppContext.BaseDirectory, AppSettings);
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private int _calls;
    private int _failed;

    public IEnumerable<FunctionFile> Queues => _functions.Where(function => function.TriggerType == "queueTrigger");

    /// <summary>What answered and what failed since this was asked before.</summary>
    public (int Calls, int Failed) Take() => (Interlocked.Exchange(ref _calls, 0), Interlocked.Exchange(ref _failed, 0));

    /// <summary>Whether calls that fail are told one by one.</summary>
    public bool TellsFailures { get; init; } = true;

    public Task<bool> TickAsync(Uri worker, CancellationToken cancellationToken)
    {
        var (tick, now) = (_functions.Single(function => function.Name == "ScaleTick"), time.GetUtcNow());
        return CallAsync(worker, tick.Name, HostPayloads.Timer(tick, now.AddMinutes(-1), now.AddMinutes(1), isPastDue: false, now), cancellationToken);
    }

    /// <summary>Delivers messages to a worker until none is visible.</summary>
    public async Task DeliverAsync(Uri worker, CancellationToken cancellationToken)
    {
        foreach (var function in Queues)
        {
            var underWay = new List<Task>();
            while (true)
            {
                var works = await queues.ReceiveAsync(KindOf(function), Together - underWay.Count, Lease, cancellationToken);
                underWay.AddRange(works.Select(work => DeliverAsync(worker, function, work, cancellationToken)));
                if (underWay.Count == 0)
                {
                    break;
                }

                await Task.WhenAny(underWay);
                foreach (var done in underWay.Where(task => task.IsCompleted).ToList())
                {
                    await done;
                    underWay.Remove(done);
                }
            }
        }
    }

    /// <summary>The messages there are, for somebody who delivers them in a way of his own.</summary>
    public async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(FunctionFile function, CancellationToken cancellationToken) =>
        await queues.ReceiveAsync(KindOf(function), Together, Lease, cancellationToken);

    /// <summary>Delivers one message.</summary>
    /// <returns>Whether the worker took it.</returns>
    public Task<bool> CallAsync(Uri worker, FunctionFile function, ReceivedWork work, CancellationToken cancellationToken) =>
        CallAsync(worker, function.Name, HostPayloads.Queue(function, work, time.GetUtcNow()), cancellationToken);

    /// <summary>Deletes a message that was taken, or shows it again.</summary>
    public Task SettleAsync(ReceivedWork work, bool isTaken, CancellationToken cancellationToken) => isTaken
        ? queues.CompleteAsync(work, cancellationToken)
        : queues.AbandonAsync(work, TimeSpan.Zero, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static WorkKind KindOf(FunctionFile function) => Enum.Parse<WorkKind>(function.Name);

    private async Task DeliverAsync(Uri worker, FunctionFile function, ReceivedWork work, CancellationToken cancellationToken) =>
        await SettleAsync(work, await CallAsync(worker, function, work, cancellationToken), cancellationToken);

    private async Task<bool> CallAsync(Uri worker, string function, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(new Uri(worker, function), content, cancellationToken);
        Interlocked.Increment(ref _calls);
        if (!response.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _failed);
            if (TellsFailures)
            {
                await Console.Error.WriteLineAsync($"{function}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }

        return response.IsSuccessStatusCode;
    }
}
