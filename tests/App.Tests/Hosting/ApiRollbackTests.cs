using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class ApiRollbackTests
{
    private const string Call = """{"by":"ann","reason":"too much"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_action_is_taken_back_once_for_a_key_and_not_repeated_by_the_next_ticks()
    {
        await using var handler = await RaisedAsync();
        var raise = Assert.Single(handler.Sandbox.Writes.All);
        var action = (await GetAsync(handler, "api/v1/history/web")).GetProperty("actions")[0];
        Assert.Equal("web@1", action.GetProperty("id").GetString());

        var (status, first) = await PostAsync(handler, "api/v1/rollback/web@1", Call, "k1");
        var (_, again) = await PostAsync(handler, "api/v1/rollback/web@1", Call, "k1");
        await TickAsync(handler, 4);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("web@2", "web@1", 2, "scale out"), (Text(first, "action"), Text(first, "undoes"), first.GetProperty("goal").GetInt32(), Text(first, "holds")));
        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal([raise.CapacityAfter, 2], handler.Sandbox.Writes.All.Select(write => write.CapacityAfter));
        var why = await GetAsync(handler, "api/v1/why/web");
        Assert.Contains("ann took the last one back (too much)", Text(why, "reason"), StringComparison.Ordinal);
        Assert.Equal("ann", Text(why.GetProperty("hold"), "by"));
        Assert.Equal(1, (await GetAsync(handler, "api/v1/history/web")).GetProperty("actions")[0].GetProperty("undoes").GetInt64());
    }

    [Fact]
    public async Task A_dry_run_needs_no_key_and_changes_nothing()
    {
        await using var handler = await RaisedAsync();

        var (status, shown) = await PostAsync(handler, "api/v1/rollback/web@1", """{"by":"ann","reason":"look","dryRun":true,"holdMinutes":30}""", null);

        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null, 2), (status, shown.GetProperty("action").ValueKind, shown.GetProperty("goal").GetInt32()));
        Assert.Equal(handler.Sandbox.Clock.GetUtcNow().AddMinutes(30), shown.GetProperty("heldUntil").GetDateTimeOffset(), TimeSpan.FromSeconds(30));
        Assert.Single(handler.Sandbox.Writes.All);
    }

    [Theory]
    [InlineData("web@1", """{"by":"ann"}""", HttpStatusCode.BadRequest)]
    [InlineData("web@1", """{"by":"ann","reason":"x","holdMinutes":0}""", HttpStatusCode.BadRequest)]
    [InlineData("web@1", """{"by":"ann","reason":"x","holdMinutes":1441}""", HttpStatusCode.BadRequest)]
    [InlineData("web@1", """{"by":"ann","reason":"x","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("web@7", Call, HttpStatusCode.NotFound)]
    [InlineData("web", Call, HttpStatusCode.NotFound)]
    [InlineData("nobody@1", Call, HttpStatusCode.NotFound)]
    public async Task A_call_that_is_not_right_is_a_problem_and_changes_nothing(string id, string body, HttpStatusCode expected)
    {
        await using var handler = await RaisedAsync();

        Assert.Equal(expected, (await PostAsync(handler, $"api/v1/rollback/{id}", body, "k")).Status);
        Assert.Single(handler.Sandbox.Writes.All);
    }

    [Fact]
    public async Task The_kill_switch_refuses_it_and_says_so()
    {
        await using var handler = await RaisedAsync();
        await PostAsync(handler, "api/v1/kill-switch/set", Call, "set");

        var (status, problem) = await PostAsync(handler, "api/v1/rollback/web@1", Call, "k");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("not taken back: the kill switch is set by ann: too much", Text(problem, "detail"));
        Assert.Single(handler.Sandbox.Writes.All);
    }

    /// <summary>After a raise of <c>web</c> that is settled.</summary>
    private static async Task<RunningHandler> RaisedAsync()
    {
        var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);
        await TickAsync(handler, 4);
        return handler;
    }

    private static async Task TickAsync(RunningHandler handler, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            var queue = handler.Services.GetRequiredService<IWorkSource>();
            foreach (var work in await queue.ReceiveAsync(WorkKind.Evaluate, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
            {
                (await handler.PostAsync("Evaluate", HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                await queue.CompleteAsync(work, Cancellation);
            }
        }
    }

    private static async Task<JsonElement> GetAsync(RunningHandler handler, string path) => JsonElement.Parse(await handler.Client.GetStringAsync(path, Cancellation));

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(RunningHandler handler, string path, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await handler.Client.SendAsync(request, Cancellation);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
