using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Security.Tests;

/// <summary>How much is read of what anybody sends, and how strictly.</summary>
public sealed class InputLimitTests
{
    private const string Path = "api/v1/kill-switch/set";
    private const string Good = """{"by":"ann","reason":"a test"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Bodies => new()
    {
        { "nested 33 deep", $$"""{"by":"ann","reason":{{new string('[', 33)}}{{new string(']', 33)}}}""" },
        { "nested without end", new string('[', 15_000) },
        { "a field twice", """{"by":"ann","by":"ben","reason":"a test"}""" },
        { "a field twice, written differently", """{"by":"ann","BY":"ben","reason":"a test"}""" },
        { "an unknown field", """{"by":"ann","reason":"a test","isAdmin":true}""" },
        { "a number beyond all", """{"by":"ann","reason":"a test","minutes":1e400}""" },
        { "an integer beyond all", """{"by":"ann","reason":"a test","minutes":123456789012345678901234567890}""" },
        { "minus zero and a bit", """{"by":"ann","reason":"a test","minutes":-0.5}""" },
        { "not a number", """{"by":"ann","reason":"a test","minutes":NaN}""" },
        { "a number as text", """{"by":"ann","reason":"a test","minutes":"10"}""" },
        { "comments", """{"by":"ann",/* */"reason":"a test"}""" },
        { "a comma too many", """{"by":"ann","reason":"a test",}""" },
        { "two documents", Good + Good },
        { "half a surrogate pair", """{"by":"ann","reason":"\ud800"}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_is_not_exactly_as_expected_is_a_bad_request_and_changes_nothing(string name, string body) =>
        await RefusesAsync(name, Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    public async Task Bytes_that_are_no_text_are_a_bad_request_and_change_nothing(byte[] bytes) =>
        await RefusesAsync(Convert.ToHexString(bytes), [.. """{"by":"ann","reason":"x"""u8, .. bytes, .. "\"}"u8]);

    [Fact]
    public async Task What_is_as_expected_is_taken()
    {
        await using var handler = await RunningHandler.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await PostAsync(handler, Encoding.UTF8.GetBytes(Good)));
    }

    [Theory]
    [InlineData(31, HttpStatusCode.OK)]
    [InlineData(33, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Headers_of_more_than_32_kibibytes_are_refused(int kibibytes, HttpStatusCode status)
    {
        await using var handler = await RunningHandler.StartAsync();
        using var call = new HttpRequestMessage(HttpMethod.Get, "api/v1/targets");
        for (var header = 0; header < kibibytes; header++)
        {
            call.Headers.Add($"X-Much-{header:00}", new string('x', 1024 - "X-Much-00: \r\n".Length));
        }

        using var answer = await handler.Client.SendAsync(call, Cancellation);

        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Kestrel leaves whoever sends less than 240 bytes a second after 5 s; the deadlines of the program come later.</summary>
    [Theory]
    [InlineData("api/v1/kill-switch/set")]
    [InlineData("hooks/budget")]
    [InlineData("BudgetEvent")]
    public async Task A_body_that_drips_is_left(string path)
    {
        await using var handler = await RunningHandler.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, handler.Address.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /{path} HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n{{"), Cancellation);
        var since = Stopwatch.StartNew();

        var answer = await AnswerAsync(stream, since);

        Assert.InRange(since.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(17));
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal), answer);
        Assert.False((await handler.Services.GetRequiredService<IStateStore>().ReadFleetAsync(Cancellation)).KillSwitch.IsSet);
    }

    [Fact]
    public async Task Bodies_that_are_too_large_cost_no_memory()
    {
        await using var handler = await RunningHandler.StartAsync();
        var large = new byte[5 * 1024 * 1024];
        await SendAsync(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await SendAsync(40);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 * 1024 * 1024);

        async Task SendAsync(int times)
        {
            for (var time = 0; time < times; time++)
            {
                foreach (var path in new[] { Path, "hooks/budget", "BudgetEvent" })
                {
                    try
                    {
                        using var answer = await handler.Client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(large), Cancellation);
                        Assert.False(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
                    }
                    catch (HttpRequestException)
                    {
                        // It hung up before all was sent.
                    }
                }
            }
        }
    }

    private static async Task RefusesAsync(string name, byte[] body)
    {
        await using var handler = await RunningHandler.StartAsync();

        var status = await PostAsync(handler, body);

        Assert.True(status == HttpStatusCode.BadRequest, $"{name}: {status}");
        Assert.Equal(0, (await handler.Services.GetRequiredService<IStateStore>().ReadFleetAsync(Cancellation)).Version);
        Assert.Empty(await handler.Services.GetRequiredService<IDocumentStore>().ListDocumentsAsync("idempotency", Cancellation));
    }

    private static async Task<HttpStatusCode> PostAsync(RunningHandler handler, byte[] body)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) };
        call.Content.Headers.ContentType = new("application/json");
        call.Headers.Add("Idempotency-Key", "k");
        using var answer = await handler.Client.SendAsync(call, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>Sends a byte a second until somebody answers or hangs up.</summary>
    private static async Task<string> AnswerAsync(NetworkStream stream, Stopwatch since)
    {
        var buffer = new byte[4096];
        var reading = stream.ReadAsync(buffer, Cancellation).AsTask();
        while (!reading.IsCompleted && since.Elapsed < TimeSpan.FromSeconds(25))
        {
            await Task.WhenAny(reading, Task.Delay(1000, Cancellation));
            try
            {
                await stream.WriteAsync(" "u8.ToArray(), Cancellation);
            }
            catch (IOException)
            {
                break;
            }
        }

        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await reading);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
