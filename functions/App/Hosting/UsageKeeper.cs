using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Counts invocations, and keeps all that this process counted, every five minutes. A process that is ended loses what it
/// counted since; a store at fault keeps nobody from working.
/// </summary>
internal sealed partial class UsageKeeper(UsageCounter counter, UsageDays days, TimeProvider time, ILogger<UsageKeeper> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>An invocation is answered after it.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private DateTimeOffset _since = time.GetUtcNow();

    public void Count(TimeSpan took)
    {
        counter.Add(UsageKind.Executions);
        counter.Add(UsageKind.ExecutionMilliseconds, (long)Math.Ceiling(took.TotalMilliseconds));
    }

    /// <summary>Keeps it, when it is time.</summary>
    public async Task KeepAsync()
    {
        var (since, now) = (DateTimeOffset.MinValue, time.GetUtcNow());
        lock (_gate)
        {
            if (now - _since < Every)
            {
                return;
            }

            (since, _since) = (_since, now);
        }

        var counts = counter.Take();
        using var deadline = new CancellationTokenSource(LongestWrite);
        try
        {
            if (await days.AddAsync(counts, since, now, deadline.Token))
            {
                return;
            }
        }
        catch (Exception exception) when (exception is StateStoreException or OperationCanceledException)
        {
            Log.NotKept(logger, exception.Message);
        }

        counter.Return(counts);
    }

    private static partial class Log
    {
        [LoggerMessage(1011, LogLevel.Warning, "What this app uses could not be kept, and is kept later: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
