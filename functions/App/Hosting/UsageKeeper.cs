using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Counts invocations, and keeps all that this process counted, every five minutes. A process that is ended loses what it
/// counted since; a store at fault keeps nobody from working.
/// </summary>
internal sealed class UsageKeeper(UsageCounter counter, UsageDays days, TimeProvider time, ILogger<UsageKeeper> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>An invocation is answered after it.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    /// <summary>What an execution is billed for at least.</summary>
    private const long LeastMilliseconds = 1000;

    private readonly Lock _gate = new();
    private DateTimeOffset _since = time.GetUtcNow();
    private DateTimeOffset? _unkept;

    public void Count(TimeSpan took)
    {
        counter.Add(UsageKind.Executions);
        counter.Add(UsageKind.ExecutionMilliseconds, Math.Max(LeastMilliseconds, (long)Math.Ceiling(took.TotalMilliseconds)));
    }

    /// <summary>Keeps it, when it is time.</summary>
    public async Task KeepAsync()
    {
        var (since, now) = (DateTimeOffset.MinValue, time.GetUtcNow());
        lock (_gate)
        {
            // A clock that was wrong and is set back must not stop the counting until it is as late again.
            if ((now - _since).Duration() < Every)
            {
                return;
            }

            since = _unkept ?? _since;
            since = since < now ? since : now;
            (_since, _unkept) = (now, null);
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
        lock (_gate)
        {
            // What is kept later was used since then. It is tried again in five minutes.
            _unkept = _unkept is { } before && before < since ? before : since;
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> NotKeptMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1011, nameof(NotKept)), "What this app uses could not be kept, and is kept later: {Reason}");

        public static void NotKept(ILogger logger, string reason) => NotKeptMessage(logger, reason, null);
    }
}
