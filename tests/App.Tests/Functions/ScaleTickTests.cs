using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Functions;

public sealed class ScaleTickTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_put_aside_are_told_once_and_again_when_there_are_more()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler);
        Assert.Empty(await ToldAsync(handler));

        await PoisonAsync(handler, WorkKind.Evaluate);
        await TickAsync(handler);
        await TickAsync(handler);
        Assert.Contains("1 to Evaluate", Assert.Single(await ToldAsync(handler)), StringComparison.Ordinal);
        Assert.Single(handler.Log.Lines, line => line.StartsWith("Error 1111", StringComparison.Ordinal));

        await PoisonAsync(handler, WorkKind.Verify);
        await TickAsync(handler);
        Assert.Contains("1 to Evaluate and 1 to Verify", (await ToldAsync(handler))[^1], StringComparison.Ordinal);
        Assert.Equal(2, handler.Log.Lines.Count(line => line.StartsWith("Error 1111", StringComparison.Ordinal)));
    }

    private static async Task TickAsync(RunningHandler handler)
    {
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
    }

    private static async Task PoisonAsync(RunningHandler handler, WorkKind kind)
    {
        var queues = handler.Services.GetRequiredService<IWorkSource>();
        await handler.Services.GetRequiredService<IWorkQueue>().SendAsync(
            new WorkMessage(kind, "{}", TimeSpan.Zero, TimeSpan.FromMinutes(1)), Cancellation);
        foreach (var work in await queues.ReceiveAsync(kind, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
        {
            await (work.Body == "{}" ? queues.PoisonAsync(work, Cancellation) : queues.CompleteAsync(work, Cancellation));
        }
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(RunningHandler handler)
    {
        var changes = await handler.Services.GetRequiredService<IChangeFeed>().ReadChangesAsync(0, 1000, Cancellation);
        return [.. changes.Where(change => change.Entry.Kind == JournalKind.Poison).Select(change => change.Entry.Text)];
    }
}
