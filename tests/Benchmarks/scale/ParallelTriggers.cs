using System.Text;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// Calls the functions as the Functions host does under load: the messages of a queue in parallel, by default 16 of them and the next
/// ones when 8 are left, in each instance.
/// </summary>
internal sealed class ParallelTriggers(Uri handler, IReadOnlyList<FunctionFile> functions, IWorkSource queues, TimeProvider time) : IDisposable
{
    /// <summary>The host's <c>batchSize</c> and <c>newBatchThreshold</c> together.</summary>
    private const int Together = 24;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly HttpClient _client = new() { BaseAddress = handler, Timeout = Timeout.InfiniteTimeSpan };
    private int _calls;
    private int _failed;

    public (int Calls, int Failed) Take() => (Interlocked.Exchange(ref _calls, 0), Interlocked.Exchange(ref _failed, 0));

    public Task TickAsync(CancellationToken cancellationToken)
    {
        var (tick, now) = (functions.Single(function => function.Name == "ScaleTick"), time.GetUtcNow());
        return CallAsync(tick.Name, HostPayloads.Timer(tick, now.AddMinutes(-1), now.AddMinutes(1), isPastDue: false, now), cancellationToken);
    }

    /// <summary>Delivers messages until none is visible.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        foreach (var function in functions.Where(function => function.TriggerType == "queueTrigger"))
        {
            var kind = Enum.Parse<WorkKind>(function.Name);
            var underWay = new List<Task>();
            while (true)
            {
                var works = await queues.ReceiveAsync(kind, Together - underWay.Count, Lease, cancellationToken);
                underWay.AddRange(works.Select(work => DeliverAsync(function, work, cancellationToken)));
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

    public void Dispose() => _client.Dispose();

    private async Task DeliverAsync(FunctionFile function, ReceivedWork work, CancellationToken cancellationToken)
    {
        if (await CallAsync(function.Name, HostPayloads.Queue(function, work, time.GetUtcNow()), cancellationToken))
        {
            await queues.CompleteAsync(work, cancellationToken);
        }
        else
        {
            await queues.AbandonAsync(work, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task<bool> CallAsync(string function, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(new Uri(function, UriKind.Relative), content, cancellationToken);
        Interlocked.Increment(ref _calls);
        if (!response.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _failed);
            await Console.Error.WriteLineAsync($"{function}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return response.IsSuccessStatusCode;
    }
}
