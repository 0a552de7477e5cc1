using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_well_while_ticks_finish_and_says_when_they_stopped()
    {
        await using var handler = await RunningHandler.StartAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no tick has finished yet"), await AskAsync(handler));

        await TickAsync(handler, withBatches: true);
        await TickAsync(handler, withBatches: true);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(3), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no tick has finished for 4 minutes"), await AskAsync(handler));

        await TickAsync(handler, withBatches: true);
        await TickAsync(handler, withBatches: true);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));
    }

    [Fact]
    public async Task Ticks_whose_batches_never_report_are_no_ticks_that_finish()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler, withBatches: true);
        for (var tick = 0; tick < 5; tick++)
        {
            await TickAsync(handler, withBatches: false);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no tick has finished for 4 minutes"), await AskAsync(handler));
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(RunningHandler handler)
    {
        using var response = await handler.Client.GetAsync(new Uri("healthz", UriKind.Relative), Cancellation);
        Assert.True(response.Headers.CacheControl!.NoStore);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task TickAsync(RunningHandler handler, bool withBatches)
    {
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        var queue = handler.Services.GetRequiredService<IWorkSource>();
        foreach (var work in await queue.ReceiveAsync(WorkKind.Evaluate, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
        {
            if (withBatches)
            {
                (await handler.PostAsync("Evaluate", HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            }

            await queue.CompleteAsync(work, Cancellation);
        }
    }
}
