using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Tests.Local.Triggers;

public sealed class LocalTriggerHostTests
{
    private static readonly FunctionFile Minutely = new("Tick", "timerTrigger", "timer", "0 * * * * *", "");
    private static readonly FunctionFile Evaluate = new("Evaluate", "queueTrigger", "item", "", "evaluate");
    private static readonly FunctionFile Event = new("Event", "eventGridTrigger", "event", "", "");

    private readonly ConcurrentQueue<Invocation> _calls = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fires_a_timer_at_its_slot_and_not_before()
    {
        await using var handler = await RunningHandler.StartAsync(Function("Tick"));
        using var host = Host(handler, Minutely);
        Assert.Equal(RunningHandler.Start.AddMinutes(1), host.NextTimer);

        await StepAsync(handler, host, TimeSpan.FromSeconds(59));
        Assert.Empty(_calls);

        await StepAsync(handler, host, TimeSpan.FromSeconds(60));
        await StepAsync(handler, host, TimeSpan.FromSeconds(61));
        Assert.False(IsPastDue(Assert.Single(_calls)));
        Assert.Equal(RunningHandler.Start.AddMinutes(2), host.NextTimer);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_call_that_failed_and_not_the_end()
    {
        // As after the machine slept: what was connected is connected no more.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var breaking = Task.Run(
            async () =>
            {
                while (true)
                {
                    (await listener.AcceptTcpClientAsync(Cancellation)).Dispose();
                }
            },
            Cancellation);
        using var host = new LocalTriggerHost(new Uri($"http://{listener.LocalEndpoint}"), [Event], null!, TimeProvider.System);
        using var delivery = JsonDocument.Parse("""{ "id": "1" }""");

        Assert.Equal(HttpStatusCode.InternalServerError, await host.DeliverEventsAsync("Event", delivery.RootElement, Cancellation));
        Assert.False(breaking.IsCompleted);
    }

    [Fact]
    public async Task Slots_that_were_missed_are_one_call_that_is_past_due()
    {
        await using var handler = await RunningHandler.StartAsync(Function("Tick"));
        using var host = Host(handler, Minutely);

        await StepAsync(handler, host, TimeSpan.FromMinutes(7.5));

        Assert.True(IsPastDue(Assert.Single(_calls)));
        Assert.Equal(RunningHandler.Start.AddMinutes(8), host.NextTimer);

        await StepAsync(handler, host, TimeSpan.FromMinutes(8));
        Assert.False(IsPastDue(_calls.Last()));
    }

    [Fact]
    public async Task A_timer_whose_call_takes_longer_than_its_slot_never_overlaps_itself()
    {
        var (running, most) = (0, 0);
        RunningHandler handler = null!;
        await using var started = handler = await RunningHandler.StartAsync(Function("Tick", async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromSeconds(150), Cancellation);
            Interlocked.Decrement(ref running);
        }));
        using var host = Host(handler, Minutely);

        await StepAsync(handler, host, TimeSpan.FromMinutes(1));
        await StepAsync(handler, host, TimeSpan.FromMinutes(4));

        Assert.Equal(1, most);
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task A_timer_goes_on_after_its_call_failed()
    {
        await using var handler = await RunningHandler.StartAsync(Function("Tick", _ => throw new InvalidOperationException("broken")));
        using var host = Host(handler, Minutely);

        await StepAsync(handler, host, TimeSpan.FromMinutes(1));
        await StepAsync(handler, host, TimeSpan.FromMinutes(2));

        Assert.Equal(2, _calls.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("every minute")]
    [InlineData("99 * * * * *")]
    public async Task Refuses_a_schedule_that_is_none(string schedule)
    {
        await using var handler = await RunningHandler.StartAsync();

        Assert.Contains("Tick", Assert.Throws<FormatException>(() => Host(handler, Minutely with { Schedule = schedule })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_done_is_delivered_once()
    {
        await using var handler = await RunningHandler.StartAsync(Only("Evaluate"));
        using var host = Host(handler, Evaluate);
        await SendAsync(handler, """{"number":1}""");

        await host.StepAsync(Cancellation);
        await host.StepAsync(Cancellation);

        Assert.Equal(1, Assert.Single(_calls).Input("item").GetProperty("number").GetInt32());
        Assert.Equal(0, await Queues(handler).CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_message_that_fails_comes_again_until_it_is_done()
    {
        await using var handler = await RunningHandler.StartAsync(
            Only("Evaluate", call => Count(call) < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask));
        using var host = Host(handler, Evaluate);
        await SendAsync(handler, "{}");

        await host.StepAsync(Cancellation);

        Assert.Equal([1, 2, 3], _calls.Select(Count));
        Assert.Equal(0, await Queues(handler).CountPoisonAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_message_that_failed_five_times_is_put_aside()
    {
        await using var handler = await RunningHandler.StartAsync(Only("Evaluate", _ => throw new InvalidOperationException("broken")));
        using var host = Host(handler, Evaluate);
        await SendAsync(handler, "{}");

        await host.StepAsync(Cancellation);

        Assert.Equal([1, 2, 3, 4, 5], _calls.Select(Count));
        Assert.Equal(1, await Queues(handler).CountPoisonAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(0, await Queues(handler).CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_message_for_later_waits_for_its_time()
    {
        await using var handler = await RunningHandler.StartAsync(Only("Evaluate"));
        using var host = Host(handler, Evaluate);
        await SendAsync(handler, "{}", TimeSpan.FromSeconds(90));

        await StepAsync(handler, host, TimeSpan.FromSeconds(89));
        Assert.Empty(_calls);

        await StepAsync(handler, host, TimeSpan.FromSeconds(91));
        Assert.Single(_calls);
    }

    [Fact]
    public async Task A_step_ends_when_everything_it_caused_is_done()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var host = Host(handler, [.. FunctionFile.ReadAll(AppContext.BaseDirectory, AppSettings)]);

        await StepAsync(handler, host, TimeSpan.FromMinutes(6));

        // The tick sent a message, the message an evaluation, the evaluation a write: web is short of instances.
        Assert.Equal(RunningHandler.Web.Value, Assert.Single(handler.Sandbox.Writes.Effective).Path);
    }

    [Fact]
    public async Task Events_of_one_delivery_are_calls_of_their_own_at_the_same_time()
    {
        using var both = new Barrier(2);
        await using var handler = await RunningHandler.StartAsync(
            Function("Event", _ => Task.Run(() => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30))), Cancellation)));
        using var host = Host(handler, Event);

        Assert.Equal(HttpStatusCode.Accepted, await DeliverAsync(host, """[{"id":"a"},{"id":"b"}]"""));

        Assert.Equal(["a", "b"], Ids().Order());
    }

    [Fact]
    public async Task One_event_that_fails_fails_the_delivery_and_all_of_it_comes_again()
    {
        var isBroken = true;
        await using var handler = await RunningHandler.StartAsync(Function("Event", call =>
            isBroken && Id(call) == "b" ? throw new InvalidOperationException("broken") : Task.CompletedTask));
        using var host = Host(handler, Event);

        Assert.Equal(HttpStatusCode.InternalServerError, await DeliverAsync(host, """[{"id":"a"},{"id":"b"}]"""));
        isBroken = false;
        Assert.Equal(HttpStatusCode.Accepted, await DeliverAsync(host, """[{"id":"a"},{"id":"b"}]"""));

        Assert.Equal(["a", "a", "b", "b"], Ids().Order());
    }

    [Fact]
    public async Task A_delivery_that_comes_again_leaves_one_mark()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var host = Host(handler, [.. FunctionFile.ReadAll(AppContext.BaseDirectory, AppSettings)]);
        await StepAsync(handler, host, TimeSpan.FromMinutes(1));
        var change = $$"""
            [{"id":"a","topic":"/t","subject":"{{RunningHandler.Api.Value}}","eventType":"Microsoft.Resources.ResourceWriteSuccess",
            "eventTime":"2026-01-05T09:01:10Z","data":{"operationName":"write"} }]
            """;
        using var delivery = JsonDocument.Parse(change);

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await host.DeliverEventsAsync("ResourceEvent", delivery.RootElement, Cancellation));
        }

        var outcomes = handler.Log.Lines.Where(line => line.StartsWith("Information 1103", StringComparison.Ordinal));
        Assert.Equal(["Marked", "Repeated", "Repeated"], outcomes.Select(line => line.TrimEnd().Split(' ')[^1]));
        var marks = await handler.Services.GetRequiredService<ResourceMarks>().ReadAsync(Cancellation);
        Assert.Equal("write at 09:01:10", Assert.Single(marks).Value);
    }

    [Fact]
    public async Task A_cloud_event_comes_alone()
    {
        await using var handler = await RunningHandler.StartAsync(Function("Event"));
        using var host = Host(handler, Event);

        Assert.Equal(HttpStatusCode.Accepted, await DeliverAsync(host, """{"specversion":"1.0","id":"c"}"""));

        Assert.Equal(["c"], Ids());
    }

    [Fact]
    public async Task An_event_for_an_unknown_function_is_not_found()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var host = Host(handler, Event);
        using var document = JsonDocument.Parse("[]");

        Assert.Equal(HttpStatusCode.NotFound, await host.DeliverEventsAsync("Nope", document.RootElement, Cancellation));
    }

    /// <summary>The functions' own files name these settings.</summary>
    internal static Dictionary<string, string> AppSettings => new()
    {
        ["TICK_SCHEDULE"] = "0 * * * * *",
        ["FORECAST_SCHEDULE"] = "0 */5 * * * *",
        ["RIGHTSIZE_SCHEDULE"] = "0 17 * * * *",
        ["COST_SCHEDULE"] = "0 */15 * * * *",
        ["EVALUATE_QUEUE"] = "evaluate",
        ["VERIFY_QUEUE"] = "verify",
        ["BUDGET_QUEUE"] = "budget",
    };

    private static IWorkSource Queues(RunningHandler handler) => handler.Services.GetRequiredService<IWorkSource>();

    private static LocalTriggerHost Host(RunningHandler handler, params IReadOnlyList<FunctionFile> functions) =>
        new(handler.Address, functions, Queues(handler), handler.Sandbox.Clock);

    private static async Task StepAsync(RunningHandler handler, LocalTriggerHost host, TimeSpan afterStart)
    {
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start + afterStart, Cancellation);
        await host.StepAsync(Cancellation);
    }

    private static Task SendAsync(RunningHandler handler, string body, TimeSpan visibleAfter = default) =>
        handler.Services.GetRequiredService<IWorkQueue>().SendAsync(
            new WorkMessage(WorkKind.Evaluate, body, visibleAfter, TimeSpan.FromDays(1)), Cancellation);

    private static async Task<HttpStatusCode> DeliverAsync(LocalTriggerHost host, string delivery)
    {
        using var document = JsonDocument.Parse(delivery);
        return await host.DeliverEventsAsync("Event", document.RootElement, Cancellation);
    }

    private static bool IsPastDue(Invocation call) => call.Input("timer").GetProperty("IsPastDue").GetBoolean();

    private static int Count(Invocation call) => call.Metadata["DequeueCount"].GetInt32();

    private static string Id(Invocation call) => call.Input("event").GetProperty("id").GetString()!;

    private IEnumerable<string> Ids() => _calls.Select(Id);

    private Action<IServiceCollection> Function(string name, Func<Invocation, Task>? run = null) => services =>
        services.AddSingleton<ITriggerFunction>(Probe(name, run));

    /// <summary>In the place of the app's own functions.</summary>
    private Action<IServiceCollection> Only(string name, Func<Invocation, Task>? run = null) => services =>
    {
        foreach (var own in services.Where(service => service.ServiceType == typeof(ITriggerFunction)).ToList())
        {
            services.Remove(own);
        }

        services.AddSingleton<ITriggerFunction>(Probe(name, run));
    };

    private ProbeFunction Probe(string name, Func<Invocation, Task>? run) => new(name, async (call, _) =>
    {
        _calls.Enqueue(call);
        await (run?.Invoke(call) ?? Task.CompletedTask);
    });
}
