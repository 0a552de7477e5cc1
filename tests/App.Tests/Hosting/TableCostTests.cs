using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What a tick costs in transactions of the table, as docs/adr/0006-state-in-azure-tables.md says.</summary>
public sealed class TableCostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task A_quiet_tick_costs_one_write_a_target_and_few_calls_besides(int more)
    {
        using var storage = await StorageEmulator.StartAsync();
        using var requests = new TableRequests(storage.TablePort);
        await using var handler = await RunningHandler.StartAsync(
            services => services.AddTableState(storage.ConnectionString, "state"),
            [.. Enumerable.Range(0, more).Select(number => RunningHandler.Spec(ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"more{number}"), 1.5))]);

        // The first ticks make the rows, act on what has too much load, and see that it is done.
        for (var tick = 0; tick < 12; tick++)
        {
            await TickAsync(handler);
            await BatchesAsync(handler);
        }

        requests.Take();
        await TickAsync(handler);
        var ofTick = requests.Take();
        var batches = await BatchesAsync(handler);
        var ofBatches = requests.Take();
        TestContext.Current.TestOutputHelper?.WriteLine($"{2 + more} targets in {batches} batches: tick {ofTick}, batches {ofBatches}");

        Assert.Equal(14, ofTick);
        Assert.Equal((3 * batches) + (2 * (2 + more)), ofBatches);
    }

    private static async Task TickAsync(RunningHandler handler)
    {
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
    }

    private static async Task<int> BatchesAsync(RunningHandler handler)
    {
        var queue = handler.Services.GetRequiredService<IWorkSource>();
        var evaluations = await ReceiveAsync(queue, WorkKind.Evaluate, handler, "Evaluate");
        await ReceiveAsync(queue, WorkKind.Verify, handler, "Verify");
        return evaluations;
    }

    private static async Task<int> ReceiveAsync(IWorkSource queue, WorkKind kind, RunningHandler handler, string function)
    {
        var received = await queue.ReceiveAsync(kind, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation);
        foreach (var work in received)
        {
            (await handler.PostAsync(function, HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            await queue.CompleteAsync(work, Cancellation);
        }

        return received.Count;
    }
}
