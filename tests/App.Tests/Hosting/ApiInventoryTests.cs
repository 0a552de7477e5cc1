using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class ApiInventoryTests
{
    private const string Handle = """{"by":"ann","reason":"decommissioned"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_somebody_else_scales_is_told_and_never_written()
    {
        var pool = RunningHandler.Spec(ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "MC_rg_prod_westeurope", "aks-user-vmss"), 9);
        await using var handler = await RunningHandler.StartAsync(null, pool);
        await TickAsync(handler);

        var apart = await GetAsync(handler, "api/v1/left-alone");
        var targets = await GetAsync(handler, "api/v1/targets");

        Assert.Equal(1, targets.GetProperty("leftAlone").GetInt32());
        var only = Assert.Single(apart.GetProperty("resources").EnumerateArray());
        Assert.Equal(("aks-user-vmss", "Service", "AKS"), (Text(only, "name"), Text(only, "kind"), Text(only, "owner")));
        Assert.Contains("begins with MC_", Text(only, "reason"), StringComparison.Ordinal);
        Assert.DoesNotContain(handler.Sandbox.Writes.All, write => write.Path.Contains("aks-user-vmss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_that_somebody_else_takes_over_is_shown_as_left_alone()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler);
        Assert.Equal("ScaleFunctions", Text(Find(await GetAsync(handler, "api/v1/targets"), "web"), "owner"));

        handler.Sandbox.Faults.Set([new FaultRule
        {
            Target = "autoscalesettings",
            Effect = new AnswerWith(200, Body: $$$"""
                {"value":[{"id":"/subscriptions/s/resourceGroups/shop/providers/Microsoft.Insights/autoscalesettings/mine","name":"mine",
                  "properties":{"enabled":true,"targetResourceUri":"{{{RunningHandler.Web}}}"}}]}
                """),
        }]);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);
        await TickAsync(handler);

        var web = Find(await GetAsync(handler, "api/v1/targets"), "web");
        Assert.Equal(("Azure autoscale", "left-alone"), (Text(web, "owner"), Text(web, "case")));
        Assert.StartsWith("left alone: Azure autoscale sets its capacity: the setting mine is enabled, and cannot be steered: ", Text(web, "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vanished_inventory_is_told_once_and_confirmed_by_a_person()
    {
        await using var handler = await RunningHandler.StartAsync();
        await TickAsync(handler);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(handler, Handle, "k0"));
        handler.Sandbox.Faults.Set([new FaultRule { Target = "virtualMachineScaleSets\\?", Effect = new AnswerWith(200, Body: """{"value":[]}""") }]);
        await TickAsync(handler);
        await TickAsync(handler);

        var shrink = (await GetAsync(handler, "api/v1/targets")).GetProperty("shrink");
        Assert.Equal((2, 2), (shrink.GetProperty("loss").GetProperty("known").GetInt32(), shrink.GetProperty("loss").GetProperty("missing").GetInt32()));
        Assert.Equal(1, handler.Log.Text.Split("2 of 2 known resources are not seen any more").Length - 1);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(handler, "{}", "k1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(handler, Handle, "k2"));
        await TickAsync(handler);

        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler, "api/v1/targets")).GetProperty("shrink").ValueKind);
        var journal = await handler.Services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain), Cancellation);
        Assert.Contains(journal, entry => entry.Text == "the smaller inventory counts from now on, as ann confirmed");
    }

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

    private static async Task<JsonElement> GetAsync(RunningHandler handler, string path)
    {
        using var document = JsonDocument.Parse(await handler.Client.GetStringAsync(path, Cancellation));
        return document.RootElement.Clone();
    }

    private static async Task<HttpStatusCode> PostAsync(RunningHandler handler, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/approvals/inventory") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await handler.Client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private static JsonElement Find(JsonElement list, string name) => list.GetProperty("targets").EnumerateArray().Single(target => Text(target, "name") == name);

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;
}
