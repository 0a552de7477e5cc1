using System.Diagnostics.CodeAnalysis;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>
/// Sends what was collected before an invocation is answered, because the process may be ended at any time after that. It takes
/// a second at most, whatever becomes of it: a collector that hangs costs that second once, and is then left alone for a while.
/// </summary>
public sealed class TelemetryFlush
{
    /// <summary>What an invocation waits at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>How long nobody waits for a collector that took longer. What is collected goes on being sent beside the work.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Func<bool, bool> _flush;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private bool _withMetrics;
    private int _underWay;
    private long? _pausedAt;

    internal TelemetryFlush(TracerProvider traces, MeterProvider metrics, LoggerProvider? logs)
        : this(withMetrics => Flush(traces, withMetrics ? metrics : null, logs), TimeProvider.System)
    {
    }

    /// <param name="flush">Sends everything, with metrics or without; false when it could not in time. It may block.</param>
    /// <param name="time">Real time: collectors live in it.</param>
    internal TelemetryFlush(Func<bool, bool> flush, TimeProvider time) => (_flush, _time) = (flush, time);

    /// <summary>An invocation begins. <see cref="EndAsync"/> has to follow.</summary>
    public void Begin() => Interlocked.Increment(ref _underWay);

    /// <summary>An invocation ends: sends what it left. Metrics go with the last one under way, or each would send all of them again.</summary>
    public async Task EndAsync()
    {
        var isLast = Interlocked.Decrement(ref _underWay) == 0;
        if (!TryEnqueue(isLast, out var flush))
        {
            return;
        }

        try
        {
            await flush.WaitAsync(Longest, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                _pausedAt = _time.GetTimestamp();
            }
        }
    }

    /// <summary>One at a time, and those that come while one is under way share the next: the running one may have missed what they left.</summary>
    private bool TryEnqueue(bool withMetrics, [NotNullWhen(true)] out Task? flush)
    {
        flush = null;
        lock (_gate)
        {
            if (_pausedAt is { } paused && _time.GetElapsedTime(paused) < Pause)
            {
                return false;
            }

            _pausedAt = null;
            _withMetrics |= withMetrics;
            flush = _next ??= RunAfterAsync(_running);
            return true;
        }
    }

    private async Task RunAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        bool withMetrics;
        lock (_gate)
        {
            (_running, _next) = (_next!, null);
            (withMetrics, _withMetrics) = (_withMetrics, false);
        }

        if (!_flush(withMetrics))
        {
            lock (_gate)
            {
                _pausedAt = _time.GetTimestamp();
            }
        }
    }

    private static bool Flush(TracerProvider traces, MeterProvider? metrics, LoggerProvider? logs)
    {
        var longest = (int)Longest.TotalMilliseconds;
        var parts = new[]
        {
            Task.Run(() => traces.ForceFlush(longest)),
            Task.Run(() => metrics?.ForceFlush(longest) ?? true),
            Task.Run(() => logs?.ForceFlush(longest) ?? true),
        };
        return Task.WhenAll(parts).GetAwaiter().GetResult().All(isDone => isDone);
    }
}
