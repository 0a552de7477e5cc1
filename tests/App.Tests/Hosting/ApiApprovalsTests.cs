using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class ApiApprovalsTests
{
    private const string Ann = """{"by":"ann","reason":"the sale is over"}""";
    private const string Bob = """{"by":"bob","reason":"fine"}""";
    private const string Window = """{"by":"ann","reason":"the sale is over","minutes":20}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_person_asks_for_another_one_approves_once()
    {
        await using var handler = await RunningHandler.StartAsync();
        var id = Text((await PostAsync(handler, "api/v1/requests/lowerings", Window, "ask")).Json, "id");

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(handler, $"api/v1/approvals/{id}/approve", Ann, "own")).Status);
        Assert.Null((await FleetAsync(handler)).Approval);
        var (status, answered) = await PostAsync(handler, $"api/v1/approvals/{id}/approve", Bob, "yes");

        Assert.Equal((HttpStatusCode.OK, "Approved", "bob"), (status, Text(answered, "status"), Text(answered.GetProperty("answer"), "by")));
        Assert.Equal(RunningHandler.Start.AddMinutes(20), (await FleetAsync(handler)).Approval?.Until);
        var (again, problem) = await PostAsync(handler, $"api/v1/approvals/{id}/deny", Ann, "no");
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Contains("bob has approved it", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(id, Text((await GetAsync(handler, "api/v1/approvals")).GetProperty("approvals")[0], "id"));
        Assert.Equal("ann", Text(await GetAsync(handler, $"api/v1/approvals/{id}"), "requestedBy"));
    }

    [Fact]
    public async Task Broken_glass_approves_ones_own_request_and_is_told_as_an_error()
    {
        await using var handler = await RunningHandler.StartAsync();
        var id = Text((await PostAsync(handler, "api/v1/requests/lowerings", Window, "ask")).Json, "id");

        var (status, _) = await PostAsync(handler, $"api/v1/approvals/{id}/approve", """{"by":"ann","reason":"fire","breakGlass":true}""", "yes");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull((await FleetAsync(handler)).Approval);
        Assert.Contains($"BREAK GLASS: ann approved their own request {id}", handler.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>Whoever has signed in is who it is, whatever the body says.</summary>
    [Fact]
    public async Task Behind_authentication_people_are_those_who_signed_in()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton(new CallerNames(isAuthenticated: true)));
        var id = Text((await PostAsync(handler, "api/v1/requests/lowerings", Window, "ask", principal: "mallory")).Json, "id");

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(handler, $"api/v1/approvals/{id}/approve", Bob, "none")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(handler, $"api/v1/approvals/{id}/approve", Bob, "own", principal: "Mallory")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, $"api/v1/approvals/{id}/approve", Bob, "yes", principal: "ann@example.org")).Status);
        Assert.Equal("ann@example.org", (await FleetAsync(handler)).Approval?.By);
    }

    [Fact]
    public async Task Without_authentication_its_header_is_worth_nothing()
    {
        await using var handler = await RunningHandler.StartAsync();
        var id = Text((await PostAsync(handler, "api/v1/requests/lowerings", Window, "ask", principal: "mallory")).Json, "id");

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(handler, $"api/v1/approvals/{id}/approve", Ann, "own", principal: "bob")).Status);
    }

    [Fact]
    public async Task A_vanished_inventory_waits_for_a_person_and_its_approval_is_the_confirmation()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler);
        handler.Sandbox.Faults.Set([new FaultRule { Target = "virtualMachineScaleSets\\?", Effect = new AnswerWith(200, Body: """{"value":[]}""") }]);
        await TickAsync(handler);
        var asked = (await GetAsync(handler, "api/v1/approvals")).GetProperty("approvals")[0];
        Assert.Equal(("Inventory", "Pending"), (Text(asked, "kind"), Text(asked, "status")));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, $"api/v1/approvals/{Text(asked, "id")}/approve", Bob, "yes")).Status);
        await TickAsync(handler);

        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler, "api/v1/targets")).GetProperty("shrink").ValueKind);
    }

    [Theory]
    [InlineData("api/v1/requests/lowerings", Ann, HttpStatusCode.BadRequest)]
    [InlineData("api/v1/requests/lowerings", """{"by":"ann","reason":"x","minutes":61}""", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/approvals/ap-0/approve", Bob, HttpStatusCode.NotFound)]
    [InlineData("api/v1/approvals/ap-0/approve", """{"by":"bob"}""", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/approvals/ap-0/approve", """{"by":"bob","reason":"x","minutes":1}""", HttpStatusCode.BadRequest)]
    public async Task A_call_that_is_not_right_is_a_problem(string path, string body, HttpStatusCode status)
    {
        await using var handler = await RunningHandler.StartAsync();

        Assert.Equal(status, (await PostAsync(handler, path, body, "k")).Status);
        Assert.Empty((await FleetAsync(handler)).Approvals);
    }

    private static Task<FleetRow> FleetAsync(RunningHandler handler) => handler.Services.GetRequiredService<IStateStore>().ReadFleetAsync(Cancellation);

    private static async Task TickAsync(RunningHandler handler)
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

    private static async Task<JsonElement> GetAsync(RunningHandler handler, string path) => JsonElement.Parse(await handler.Client.GetStringAsync(path, Cancellation));

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(RunningHandler handler, string path, string body, string key, string? principal = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        if (principal is not null)
        {
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL-NAME", principal);
        }

        using var response = await handler.Client.SendAsync(request, Cancellation);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
