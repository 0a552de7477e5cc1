using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Nothing that a process remembers is needed to be right: one that is made anew before each call does what one that lives on does.</summary>
public sealed class RestartedBetweenMessagesTests
{
    private const int Ticks = 14;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_for_each_message_writes_the_same_at_the_same_times_as_one_for_all()
    {
        var lasting = await RunAsync(restarts: false);
        var restarted = await RunAsync(restarts: true);

        Assert.True(lasting.Writes.Count >= 4, string.Join('\n', lasting.Writes));
        Assert.Equal(lasting.Writes, restarted.Writes);
        Assert.Equal(lasting.Journal, restarted.Journal);
    }

    private static async Task<(IReadOnlyList<string> Writes, IReadOnlyList<string> Journal)> RunAsync(bool restarts)
    {
        // Up, down and up again, so that there are raises, permitted lowerings, checks and operations between messages.
        var wave = RunningHandler.Spec(ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", "wave"), 1.5) with
        {
            Load = new SteppedLoad(6, [(RunningHandler.Start.AddMinutes(4), 1.2), (RunningHandler.Start.AddMinutes(9), 7)]),
        };
        await using var handler = await RunningHandler.StartAsync(change: null, wave);
        for (var tick = 0; tick < Ticks; tick++)
        {
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            await PostAsync(handler, restarts, "ScaleTick", HostPosts.Timer);
            foreach (var kind in (WorkKind[])[WorkKind.Evaluate, WorkKind.Verify])
            {
                while (await ReceiveAsync(handler, kind) is [var work])
                {
                    await PostAsync(handler, restarts, kind.ToString(), HostPosts.Queue(work.Body));
                    await handler.Services.GetRequiredService<IWorkSource>().CompleteAsync(work, Cancellation);
                }
            }
        }

        var state = handler.Services.GetRequiredService<IStateStore>();
        var journal = await state.ReadJournalAsync(new JournalQuery(Limit: 10_000), Cancellation);
        return (
            [.. handler.Sandbox.Writes.All.Select(write => $"{write.At:HH:mm:ss} {write.Method} {write.Path} {write.CapacityBefore} → {write.CapacityAfter} {write.Status}")],
            // A set of policies is named by what it holds and where it lies, and the two runs have a directory each.
            [.. journal.Where(entry => entry.Kind != JournalKind.Policies).Select(entry => $"{entry.At:HH:mm:ss} {entry.Chain} {entry.Kind} {entry.Text}").Order(StringComparer.Ordinal)]);
    }

    private static Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(RunningHandler handler, WorkKind kind) =>
        handler.Services.GetRequiredService<IWorkSource>().ReceiveAsync(kind, 1, TimeSpan.FromMinutes(5), Cancellation);

    private static async Task PostAsync(RunningHandler handler, bool restarts, string function, string body)
    {
        if (restarts)
        {
            await handler.RestartAsync();
        }

        (await handler.PostAsync(function, body)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
    }
}
