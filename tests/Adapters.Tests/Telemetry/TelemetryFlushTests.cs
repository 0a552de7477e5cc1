using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Adapters.Telemetry;

namespace ScaleFunctions.Adapters.Tests.Telemetry;

public sealed class TelemetryFlushTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Metrics_go_with_the_last_invocation_under_way()
    {
        var flushes = new List<bool>();
        var flush = new TelemetryFlush(Note, _time);
        flush.Begin();
        flush.Begin();

        await flush.EndAsync();
        await flush.EndAsync();

        Assert.Equal([false, true], flushes);

        bool Note(bool withMetrics)
        {
            flushes.Add(withMetrics);
            return true;
        }
    }

    [Fact]
    public async Task Those_that_end_while_one_is_sent_share_the_next()
    {
        using var held = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var flushes = 0;
        var flush = new TelemetryFlush(Hold, _time);
        flush.Begin();
        var first = flush.EndAsync();
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        flush.Begin();
        flush.Begin();
        var others = Task.WhenAll(flush.EndAsync(), flush.EndAsync());

        held.Set();
        await first;
        await others;

        Assert.Equal(2, flushes);

        bool Hold(bool withMetrics)
        {
            flushes++;
            begun.TrySetResult();
            held.Wait(TestContext.Current.CancellationToken);
            return true;
        }
    }

    [Fact]
    public async Task A_second_is_waited_once_and_then_nothing_for_half_a_minute()
    {
        using var held = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var flushes = 0;
        var flush = new TelemetryFlush(Hang, _time);
        flush.Begin();
        var first = flush.EndAsync();
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(first.IsCompleted);

        _time.Advance(TelemetryFlush.Longest);
        await first;
        flush.Begin();
        Assert.True(flush.EndAsync().IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(31));
        held.Set();
        flush.Begin();
        await flush.EndAsync();
        Assert.Equal(2, flushes);

        bool Hang(bool withMetrics)
        {
            Interlocked.Increment(ref flushes);
            begun.TrySetResult();
            held.Wait(TestContext.Current.CancellationToken);
            return true;
        }
    }

    [Fact]
    public async Task One_that_says_it_could_not_in_time_is_left_alone_too()
    {
        var flushes = 0;
        var flush = new TelemetryFlush(_ => ++flushes < 0, _time);
        for (var call = 0; call < 3; call++)
        {
            flush.Begin();
            await flush.EndAsync();
        }

        Assert.Equal(1, flushes);
    }
}
