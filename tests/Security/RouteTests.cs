using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Security.Tests;

/// <summary>
/// Every route the running program has. The Functions host asks for keys, the program does not; so each route has to be one that the host
/// asks a key for, one that it never forwards, or one of the few that are open.
/// </summary>
public sealed class RouteTests
{
    private const string Handle = """{"by":"mallory","reason":"because","minutes":10}""";

    private static readonly IReadOnlyList<HostFunction> Functions = HostFunction.ReadAll();

    /// <summary>Readiness, the shell of the dashboard, health: what everybody may ask for.</summary>
    private static readonly string[] Open = ["GET /", "GET /dashboard/{**path}", "GET /healthz"];

    /// <summary>What answers when nothing else does.</summary>
    private static readonly string[] Nothing = [" {**path}", " /api/v1/{**path}"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> OpenRoutes => [.. Open];

    [Fact]
    public async Task Each_is_behind_a_key_of_the_host_or_known_to_be_open()
    {
        await using var handler = await RunningHandler.StartAsync();
        var routes = ProgramRoute.Of(handler.Services);
        Assert.InRange(routes.Count, 40, 200);

        var unguarded = routes.Where(route => !IsForTheHostAlone(route) && GuardOf(route) is not { AuthLevel: "function" }).Select(route => $"{route.Method} {route.Pattern}");

        Assert.Equal(Open.Concat(Nothing).Order(StringComparer.Ordinal), unguarded.Order(StringComparer.Ordinal));
        Assert.Equal(["Dashboard", "Health"], Functions.Where(function => function.IsHttp && function.AuthLevel != "function").Select(function => function.Name));
    }

    [Fact]
    public void What_is_behind_no_key_would_be_noticed()
    {
        Assert.Null(GuardOf(new ProgramRoute("PUT", "/api/v1/targets")));
        Assert.Null(GuardOf(new ProgramRoute("POST", "/admin/now")));
        Assert.Equal("anonymous", GuardOf(new ProgramRoute("GET", "/dashboard/{**path}"))?.AuthLevel);
        Assert.False(IsForTheHostAlone(new ProgramRoute("POST", "/ApiOperate")));
        Assert.True(IsForTheHostAlone(new ProgramRoute("POST", "/ScaleTick")));
    }

    [Theory]
    [MemberData(nameof(OpenRoutes))]
    public async Task What_is_open_changes_nothing_and_tells_nothing_of_the_estate(string route)
    {
        await using var handler = await RunningHandler.StartAsync();
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK);
        var before = await StateAsync(handler);
        var path = new ProgramRoute("", route.Split(' ')[1]).Sample;

        foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE" })
        {
            using var call = new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "GET" or "HEAD" or "TRACE" ? null : new StringContent(Handle, Encoding.UTF8, "application/json") };
            call.Headers.Add("Idempotency-Key", "k");
            using var answer = await handler.Client.SendAsync(call, Cancellation);

            var body = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.DoesNotContain("shop", body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(RunningHandler.Web.Subscription, body, StringComparison.OrdinalIgnoreCase);
            Assert.True(method is "GET" || !answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode}");
        }

        Assert.Equal(before, await StateAsync(handler));
        Assert.Empty(handler.Sandbox.Writes.All);
    }

    [Fact]
    public async Task Reading_every_route_changes_nothing()
    {
        await using var handler = await RunningHandler.StartAsync();
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK);
        var before = await StateAsync(handler);

        foreach (var route in ProgramRoute.Of(handler.Services))
        {
            using var answer = await handler.Client.GetAsync(new Uri(route.Sample, UriKind.Relative), Cancellation);
            Assert.True(answer.StatusCode is not HttpStatusCode.InternalServerError, $"GET {route.Sample}");
        }

        Assert.Equal(before, await StateAsync(handler));
        Assert.Empty(handler.Sandbox.Writes.All);
    }

    /// <summary>Whoever may operate may not approve: no other writing of a path leads to what the host gives to <c>ApiApprove</c>.</summary>
    [Theory]
    [InlineData("api/v1//approvals/kill-switch/clear")]
    [InlineData("api/v1/approvals%2Fkill-switch%2Fclear")]
    [InlineData("api/v1/approvals%252Fkill-switch%252Fclear")]
    [InlineData("api/v1/%2e/approvals/kill-switch/clear")]
    [InlineData("api/v1/pause/..%2F..%2Fapprovals/kill-switch/clear")]
    [InlineData("api/v1/pause/%2e%2e/%2e%2e/api/v1/approvals/kill-switch/clear")]
    [InlineData("api/v1/pause/..;/approvals/kill-switch/clear")]
    [InlineData("api/v1/approvals;a=b/kill-switch/clear")]
    [InlineData("api/v1/approvals\\kill-switch\\clear")]
    [InlineData("api//v1/approvals/kill-switch/clear")]
    [InlineData("api/v1/ approvals/kill-switch/clear")]
    [InlineData("api/v1/approvals%20/kill-switch/clear")]
    [InlineData("api/v1/approvals%00/kill-switch/clear")]
    [InlineData("api/v1/APPROVALS/kill-switch/clear")]
    [InlineData("api/v1/approvals/kill-switch/clear/")]
    public async Task No_detour_leads_an_operator_to_what_needs_an_approver(string path)
    {
        await using var handler = await RunningHandler.StartAsync();
        await SendAsync(handler, "api/v1/kill-switch/set");
        Assert.True((await Store(handler).ReadFleetAsync(Cancellation)).KillSwitch.IsSet);

        // What arrives at the host has its dots and escapes undone by the client, the front end and the host itself.
        var seen = $"/{Uri.UnescapeDataString(new Uri(handler.Address, path).AbsolutePath.TrimStart('/')).Replace('\\', '/')}";
        var mayNot = new[] { new Uri(handler.Address, path).AbsolutePath, seen }.All(each => HostFunction.Of(Functions, "POST", each)?.Name != "ApiApprove");
        var status = await SendAsync(handler, path);

        var isCleared = !(await Store(handler).ReadFleetAsync(Cancellation)).KillSwitch.IsSet;
        Assert.False(mayNot && isCleared, $"{path} ({status}) cleared the kill switch, and the host takes it for {HostFunction.Of(Functions, "POST", seen)?.Name ?? "nothing"}");
        Assert.Equal(isCleared, status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_kill_switch_is_the_operators_to_set_and_the_approvers_to_clear_and_both_are_journaled()
    {
        await using var handler = await RunningHandler.StartAsync();
        Assert.Equal("ApiOperate", HostFunction.Of(Functions, "POST", "/api/v1/kill-switch/set")!.Name);
        Assert.Equal("ApiApprove", HostFunction.Of(Functions, "POST", "/api/v1/approvals/kill-switch/clear")!.Name);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(handler, "api/v1/kill-switch/set", by: "ann"));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(handler, "api/v1/kill-switch/clear", by: "ann"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(handler, "api/v1/approvals/kill-switch/clear", by: "ben"));

        var entries = (await Store(handler).ReadJournalAsync(new JournalQuery(Limit: 100), Cancellation)).OrderBy(entry => entry.Sequence).Select(entry => entry.Actor);
        Assert.Equal(["ann", "ben"], entries);
    }

    private static bool IsForTheHostAlone(ProgramRoute route) =>
        route.Method == "POST" && Functions.Any(function => !function.IsHttp && route.Pattern == $"/{function.Name}");

    private static HostFunction? GuardOf(ProgramRoute route) => HostFunction.Of(Functions, route.Method, $"/{route.Sample}");

    private static async Task<HttpStatusCode> SendAsync(RunningHandler handler, string path, string by = "mallory")
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Handle.Replace("mallory", by, StringComparison.Ordinal), Encoding.UTF8, "application/json") };
        call.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await handler.Client.SendAsync(call, Cancellation);
        return answer.StatusCode;
    }

    private static IStateStore Store(RunningHandler handler) => handler.Services.GetRequiredService<IStateStore>();

    /// <summary>All rows and all of the journal, as text.</summary>
    private static async Task<string> StateAsync(RunningHandler handler)
    {
        var store = Store(handler);
        var targets = await store.ReadTargetsAsync(Cancellation);
        var fleet = await store.ReadFleetAsync(Cancellation);
        var journal = await store.ReadJournalAsync(new JournalQuery(Limit: 1000), Cancellation);
        return string.Join('\n', [$"fleet {fleet.Version}", .. targets.Select(row => $"{row.Target.Key} {row.Version}"), .. journal.Select(entry => entry.Hash)]);
    }
}
