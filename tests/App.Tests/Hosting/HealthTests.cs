using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Faults;

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

    [Fact]
    public async Task Is_well_under_the_kill_switch_and_with_a_target_that_cannot_be_read()
    {
        await using var handler = await RunningHandler.StartAsync();
        handler.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(500), Target = "virtualMachineScaleSets/web" });
        await handler.Services.GetRequiredService<RowStore>().ChangeFleetAsync(
            row => row.SetKillSwitch(isSet: true, "somebody", "a drill", handler.Sandbox.Clock.GetUtcNow()), Cancellation);

        await TickAsync(handler, withBatches: true);
        await TickAsync(handler, withBatches: true);

        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));
    }

    [Fact]
    public async Task A_worker_whose_clock_was_a_year_ahead_is_no_proof_of_ticks()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler, withBatches: true);
        await handler.Services.GetRequiredService<RowStore>().ChangeFleetAsync(
            row => row with { TickFinishedAt = handler.Sandbox.Clock.GetUtcNow().AddMinutes(90) }, Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the last tick finished 90 minutes from now: a clock is wrong"), await AskAsync(handler));

        await TickAsync(handler, withBatches: true);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));
    }

    /// <summary>Another worker's store tells of the same ticks.</summary>
    [Fact]
    public async Task Says_the_same_after_a_restart_and_that_the_state_is_away_when_it_is()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler, withBatches: true);
        await TickAsync(handler, withBatches: true);
        await handler.RestartAsync();
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromSeconds(10), Cancellation);
        ((IDisposable)handler.Services.GetRequiredService<IStateStore>()).Dispose();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the state cannot be read"), await AskAsync(handler));
    }

    /// <summary>A monitor that asks often must not be one more load on the state.</summary>
    [Fact]
    public async Task However_often_it_is_asked_the_state_is_read_once_in_five_seconds()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler, withBatches: true);
        await TickAsync(handler, withBatches: true);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));
        await handler.Services.GetRequiredService<RowStore>().ChangeFleetAsync(
            row => row with { TickFinishedAt = handler.Sandbox.Clock.GetUtcNow().AddMinutes(-10) }, Cancellation);

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromSeconds(4), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromSeconds(1), Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no tick has finished for 10 minutes"), await AskAsync(handler));
    }

    /// <summary>Whoever asks has a time-out of its own, mostly ten seconds, and takes none for an answer otherwise.</summary>
    [Fact]
    public async Task Says_that_the_state_is_away_when_it_answers_nothing()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<IStateStore>(new SilentStateStore()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the state cannot be read"), await AskAsync(handler));
    }

    [Fact]
    public async Task Three_ticks_are_those_of_the_schedule()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton(
            new CycleOptions { Worker = "worker", ModeCeiling = PolicyMode.Act, Interval = TimeSpan.FromMinutes(5) }));
        await TickAsync(handler, withBatches: true);
        await TickAsync(handler, withBatches: true);

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(15), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "ticks run"), await AskAsync(handler));

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no tick has finished for 16 minutes"), await AskAsync(handler));
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
