using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>
/// A process that is started again and again. What bounds it is in the state, not in the process: a minute has one tick whoever begins
/// it, and a lowering needs two ticks however many processes those take. So there is nothing for a jitter at start to spread.
/// </summary>
public sealed class RestartStormTests
{
    private const int Minutes = 10;

    private const int RestartsAMinute = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_restarts_in_ten_minutes_read_and_write_no_more_than_none()
    {
        var (calmReads, calmWrites) = await RunAsync(restarts: 0);
        var (reads, writes) = await RunAsync(RestartsAMinute);

        Assert.NotEmpty(calmWrites);
        Assert.Equal(calmWrites, writes);

        // Owners, prices, rights and limits are remembered for minutes by a process, so each may read them once; never a tick's worth more.
        Assert.InRange(reads, calmReads / 2, calmReads + (Minutes * RestartsAMinute * 2));
    }

    /// <summary>Each process is told that it is time for a tick, as a timer that is past due tells it, and gets what waits in the queues.</summary>
    private static async Task<(int Reads, IReadOnlyList<string> Writes)> RunAsync(int restarts)
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);
        var reads = 0;
        handler.Sandbox.Observer = (seen, _) =>
        {
            if (seen is { Method: not "PATCH", Moment: RequestMoment.Received })
            {
                Interlocked.Increment(ref reads);
            }

            return ValueTask.CompletedTask;
        };
        for (var minute = 0; minute < Minutes; minute++)
        {
            var calls = Math.Max(1, restarts);
            for (var call = 0; call < calls; call++)
            {
                await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1) / calls, Cancellation);
                if (restarts > 0)
                {
                    await handler.RestartAsync();
                }

                (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                foreach (var kind in (WorkKind[])[WorkKind.Evaluate, WorkKind.Verify])
                {
                    var queue = handler.Services.GetRequiredService<IWorkSource>();
                    foreach (var work in await queue.ReceiveAsync(kind, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
                    {
                        (await handler.PostAsync($"{kind}", HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                        await queue.CompleteAsync(work, Cancellation);
                    }
                }
            }
        }

        return (reads, [.. handler.Sandbox.Writes.All.Select(write => $"{write.Path} {write.CapacityBefore} → {write.CapacityAfter}")]);
    }
}
