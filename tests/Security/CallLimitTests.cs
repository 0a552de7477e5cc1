using System.Net;
using System.Text;

namespace ScaleFunctions.Security.Tests;

/// <summary>Whoever calls what changes something too often is told to wait; whoever else calls meanwhile does not notice.</summary>
public sealed class CallLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/v1/evaluate")]
    [InlineData("api/v1/approvals/lowerings")]
    public async Task Whoever_calls_too_often_is_told_how_long_to_wait_and_others_are_not(string path)
    {
        await using var handler = await RunningHandler.StartAsync();
        var (answered, told) = (0, (HttpResponseMessage?)null);
        while (told is null && answered < 1_000)
        {
            var answer = await SendAsync(handler, path, "eager");
            (answered, told) = answer.StatusCode == HttpStatusCode.TooManyRequests ? (answered, answer) : (answered + 1, null);
        }

        Assert.NotNull(told);
        Assert.InRange(answered, 60, 300);
        Assert.Equal("application/problem+json", told.Content.Headers.ContentType?.MediaType);
        Assert.InRange(told.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await SendAsync(handler, path, "calm")).StatusCode);
        using var read = await handler.Client.GetAsync(new Uri("api/v1/targets", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task All_callers_together_have_a_limit_too()
    {
        await using var handler = await RunningHandler.StartAsync();
        var refused = 0;
        for (var call = 0; call < 1_500 && refused == 0; call++)
        {
            refused += (await SendAsync(handler, "api/v1/evaluate", $"caller-{call / 50}")).StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
        }

        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task To_stop_everything_nobody_has_to_wait()
    {
        await using var handler = await RunningHandler.StartAsync();
        for (var call = 0; call < 400; call++)
        {
            await SendAsync(handler, "api/v1/evaluate", "eager");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(handler, "api/v1/evaluate", "eager")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(handler, "api/v1/kill-switch/set", "eager", """{"by":"ann","reason":"a storm"}""")).StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningHandler handler, string path, string key, string body = "{")
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        call.Headers.Add("x-functions-key", key);
        call.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await handler.Client.SendAsync(call, Cancellation);
    }
}
