using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class TriggerEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(HostPosts.All), MemberType = typeof(HostPosts))]
    public async Task A_call_cut_at_any_byte_fails_and_the_whole_call_is_done(string function, string body)
    {
        await using var handler = await RunningHandler.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(body);

        for (var length = 0; length < bytes.Length; length++)
        {
            (await handler.PostAsync(function, bytes[..length])).ShouldBe(HttpStatusCode.InternalServerError, $"cut at byte {length}");
        }

        (await handler.PostAsync(function, bytes)).ShouldBe(HttpStatusCode.OK, "whole");
        Assert.DoesNotContain("CANARY", handler.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[[[[")]
    [InlineData("""{"Data":{"event":null,"item":null}}""")]
    [InlineData("""{"Data":{"event":[],"item":[]}}""")]
    [InlineData("""{"Data":{"event":"[]","item":"\"x\""}}""")]
    [InlineData("""{"Data":{"event":{},"item":{}}}""")]
    [InlineData("""{"Data":{"event":{"id":"\ud800"},"item":"{\"target\":\"\\ud800\"}"}}""")]
    [InlineData("""{"Data":{"event":{"id":7},"item":{"target":null}}}""")]
    [InlineData("""{"Data":{"event":{"id":"","eventTime":"2026-01-05T09:00:00Z"},"item":{"target":"/x"}}}""")]
    [InlineData("""{"Data":{"event":{"id":"e","eventType":"t","eventTime":"yesterday"},"item":"{\"tickId\":\"1\"}"}}""")]
    public async Task A_call_that_makes_no_sense_fails_with_a_logged_reason(string body)
    {
        await using var handler = await RunningHandler.StartAsync();

        foreach (var function in new[] { "Evaluate", "Verify" })
        {
            (await handler.PostAsync(function, body)).ShouldBe(HttpStatusCode.InternalServerError, function);
            Assert.Contains(handler.Log.Lines, line => line.StartsWith("Error 1001", StringComparison.Ordinal)
                && line.Contains(function, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[[[[")]
    [InlineData("""{"Data":{}}""")]
    public async Task A_call_without_an_event_fails_so_that_it_is_delivered_again(string body)
    {
        await using var handler = await RunningHandler.StartAsync();

        (await handler.PostAsync("ResourceEvent", body)).ShouldBe(HttpStatusCode.InternalServerError, body);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"CANARY\"")]
    [InlineData("{}")]
    [InlineData("""{"id":"\ud800"}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":"","eventTime":"2026-01-05T09:00:00Z"}""")]
    [InlineData("""{"id":"e","eventType":"t","eventTime":"yesterday"}""")]
    public async Task What_is_no_event_is_told_and_not_delivered_again(string sent)
    {
        await using var handler = await RunningHandler.StartAsync();

        (await handler.PostAsync("ResourceEvent", $$$"""{"Data":{"event":{{{sent}}}}}""")).ShouldBe(HttpStatusCode.OK, sent);
        Assert.Single(handler.Log.Lines, line => line.StartsWith("Warning 1104", StringComparison.Ordinal));
        Assert.DoesNotContain("CANARY", handler.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_any_body_fails()
    {
        await using var handler = await RunningHandler.StartAsync();

        using var response = await handler.Client.PostAsync("ScaleTick", content: null, Cancellation);

        (await HostAnswer.ReadAsync(response)).ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData("POST", "NoSuchFunction")]
    [InlineData("POST", "Evaluate/more")]
    [InlineData("GET", "Evaluate")]
    [InlineData("POST", "")]
    public async Task What_is_no_function_is_not_found_in_json(string method, string path)
    {
        await using var handler = await RunningHandler.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await handler.Client.SendAsync(request, Cancellation);

        (await HostAnswer.ReadAsync(response)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Is_ready_as_soon_as_it_listens()
    {
        await using var handler = await RunningHandler.StartAsync();

        using var response = await handler.Client.GetAsync(new Uri("", UriKind.Relative), Cancellation);

        (await HostAnswer.ReadAsync(response)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Takes_an_event_of_more_than_a_mebibyte()
    {
        await using var handler = await RunningHandler.StartAsync();
        var padding = new string('x', (1024 * 1024) + 1);

        var answer = await handler.PostAsync(
            "ResourceEvent", HostPosts.Event("big", "Microsoft.Resources.ResourceWriteSuccess", $$"""{"claims":"{{padding}}"}"""));

        answer.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_a_body_of_more_than_four_mebibytes(bool isChunked)
    {
        await using var handler = await RunningHandler.StartAsync();
        var head = "POST /ResourceEvent HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {6 * 1024 * 1024}\r\n\r\n");
        var part = new byte[64 * 1024];
        Array.Fill(part, (byte)' ');
        using var socket = await ConnectAsync(handler);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);

        // Just beyond the limit: what is sent after the answer is nobody's.
        for (var sent = 0; isChunked && sent <= InvocationReader.MaximumBytes; sent += part.Length)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), Cancellation);
            await stream.WriteAsync(part, Cancellation);
            await stream.WriteAsync("\r\n"u8.ToArray(), Cancellation);
        }

        Assert.StartsWith("HTTP/1.1 500", await ReadHeadAsync(stream), StringComparison.Ordinal);
        (await handler.PostAsync("ResourceEvent", HostPosts.EventGrid)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_never_ends_fails_at_the_deadline()
    {
        await using var handler = await RunningHandler.StartAsync(Within(TimeSpan.FromMilliseconds(300)));
        using var socket = await ConnectAsync(handler);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            "POST /Evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"Data\":\r\n"u8.ToArray(),
            Cancellation);

        Assert.StartsWith("HTTP/1.1 500", await ReadHeadAsync(stream), StringComparison.Ordinal);
        Assert.Contains(handler.Log.Lines, line => line.StartsWith("Error 1002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_is_cut_off_by_the_end_of_the_app_says_so_and_is_no_failure_of_the_function()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<ITriggerFunction>(provider =>
            new ProbeFunction("Cut", (_, _) =>
            {
                provider.GetRequiredService<TriggerEndpoints>().Dispose();
                throw new ObjectDisposedException("a store");
            })));

        (await handler.PostAsync("Cut", "{}")).ShouldBe(HttpStatusCode.InternalServerError);

        Assert.Contains(handler.Log.Lines, line => line.StartsWith("Warning 1004", StringComparison.Ordinal) && line.Contains("Cut", StringComparison.Ordinal));
        Assert.DoesNotContain(handler.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_does_not_end_fails_at_the_deadline()
    {
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            Within(TimeSpan.FromMilliseconds(300))(services);
            services.AddSingleton<ITriggerFunction>(new ProbeFunction("Endless", (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token)));
        });
        var since = Stopwatch.StartNew();

        (await handler.PostAsync("Endless", "{}")).ShouldBe(HttpStatusCode.InternalServerError);

        Assert.InRange(since.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));
        Assert.Contains(handler.Log.Lines, line => line.StartsWith("Error 1002", StringComparison.Ordinal)
            && line.Contains("Endless", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Functions_that_hold_every_place_do_not_hold_the_answer_of_another_beyond_its_deadline()
    {
        var (entered, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var handler = await RunningHandler.StartAsync(services => services
            .AddSingleton(new TriggerOptions { Concurrency = 1, Deadline = TimeSpan.FromMilliseconds(500) })
            .AddSingleton<ITriggerFunction>(new ProbeFunction("Deaf", async (_, _) =>
            {
                entered.SetResult();
                await held.Task.WaitAsync(Cancellation);
            }))
            .AddSingleton<ITriggerFunction>(new ProbeFunction("Next", (_, _) => Task.CompletedTask)));
        var deaf = handler.PostAsync("Deaf", "{}");
        await entered.Task.WaitAsync(Cancellation);

        (await handler.PostAsync("Next", "{}")).ShouldBe(HttpStatusCode.InternalServerError);

        held.SetResult();
        (await deaf).ShouldBe(HttpStatusCode.OK);
        (await handler.PostAsync("Next", "{}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hundred_calls_at_once_are_all_done_a_few_at_a_time()
    {
        var (running, most, done) = (0, 0, 0);
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<ITriggerFunction>(
            new ProbeFunction("Busy", async (_, token) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMaximum(ref most, now);
                await Task.Delay(5, token);
                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref done);
            })));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => handler.PostAsync("Busy", "{}")));

        Assert.All(answers, answer => answer.ShouldBe(HttpStatusCode.OK));
        Assert.Equal(100, done);
        Assert.InRange(most, 2, new TriggerOptions().Concurrency);
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_let_pass_with_a_log_line()
    {
        await using var handler = await RunningHandler.StartAsync();

        (await handler.PostAsync("ResourceEvent", HostPosts.Event("u1", "Contoso.Weather.Rain", "{}"))).ShouldBe(HttpStatusCode.OK);

        Assert.Contains(handler.Log.Lines, line => line.Contains("Contoso.Weather.Rain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_name_of_an_event_does_not_fill_the_log()
    {
        await using var handler = await RunningHandler.StartAsync();

        (await handler.PostAsync("ResourceEvent", HostPosts.Event("u2", new string('x', 100_000), "{}"))).ShouldBe(HttpStatusCode.OK);

        Assert.All(handler.Log.Lines, line => Assert.True(line.Length < 2000));
    }

    [Fact]
    public async Task A_function_that_throws_fails_and_the_reason_is_in_the_log_when_the_answer_comes()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<ITriggerFunction>(
            new ProbeFunction("Broken", (_, _) => throw new InvalidOperationException("the reason it broke"))));

        (await handler.PostAsync("Broken", "{}")).ShouldBe(HttpStatusCode.InternalServerError);

        Assert.Contains(handler.Log.Lines, line => line.StartsWith("Error 1003", StringComparison.Ordinal)
            && line.Contains("the reason it broke", StringComparison.Ordinal)
            && line.Contains("8418f3ce-77a6-49b5-8ba4-b455c6912277", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_and_payloads_never_reach_the_log()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<ITriggerFunction>(
            new ProbeFunction("Broken", (call, _) => throw new InvalidOperationException($"no input of {call.Data.Count} is good"))));
        var bodies = new[]
        {
            HostPosts.HttpWithKeys,
            HostPosts.HttpWithKeys[..^1],
            HostPosts.TimerTriedAgain,
            HostPosts.Queue("""{"tickId":"1","tickAt":"2026-01-05T09:00:00Z","expiresAt":"2026-01-05T09:00:00Z","batch":0,"targets":[],"verdicts":{"CANARY-key":7}}"""),
            HostPosts.Queue("""{"target":"CANARY-target"}"""),
            HostPosts.Queue("CANARY-text"),
        };

        foreach (var body in bodies)
        {
            foreach (var function in new[] { "Broken", "Evaluate", "Verify", "ResourceEvent" })
            {
                (await handler.PostAsync(function, body)).ShouldBe(HttpStatusCode.InternalServerError, $"{function} {body}");
            }
        }

        Assert.DoesNotContain("CANARY", handler.Log.Text, StringComparison.Ordinal);
    }

    private static Action<IServiceCollection> Within(TimeSpan deadline) =>
        services => services.AddSingleton(new TriggerOptions { Deadline = deadline });

    private static async Task<TcpClient> ConnectAsync(RunningHandler handler)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, handler.Address.Port, Cancellation);
        return socket;
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        Assert.Contains(lines, line => line.StartsWith("Content-Type: application/json", StringComparison.OrdinalIgnoreCase));
        return string.Join('\n', lines);
    }

    private static void InterlockedMaximum(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
