using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Events;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Tests.Shared;

namespace ScaleFunctions.App.Tests.Functions;

/// <summary>From a fact to the channel of its owner, as the Functions host runs it, over real HTTP.</summary>
public sealed class AlertTickTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_stands_is_told_once_to_the_default_channel_and_an_anomaly_to_its_owners()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await using var handler = await StartAsync(server);
        await handler.Services.GetRequiredService<RowStore>().ChangeFleetAsync(
            row => row.SetKillSwitch(isSet: true, "ann", "a drill", RunningHandler.Start).BeginAnomaly(
                new SpendAnomaly("spend/shop", RunningHandler.Start, 12, 4, 5.2m, "EUR", [new SpendCause("/x/web", 8, "4 to 12 instances")]), RunningHandler.Start, "worker"),
            Cancellation);

        await TickAsync(handler);
        await TickAsync(handler);
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start.AddMinutes(1), Cancellation);
        await TickAsync(handler);

        Assert.Equal(2, server.Arrivals.Count);
        var stop = Body(Assert.Single(server.Arrivals, arrival => arrival.Target == "/ops"));
        Assert.Equal("the kill switch is set by ann: nothing is changed", stop.GetProperty("what").GetString());
        Assert.StartsWith("sf kill-switch off", stop.GetProperty("undo").GetString(), StringComparison.Ordinal);
        var anomaly = Body(Assert.Single(server.Arrivals, arrival => arrival.Target == "/shop"));
        Assert.Equal(("spend/shop spends 12.00 EUR an hour, usual are 4.00", 8m, "EUR"), (anomaly.GetProperty("what").GetString(), anomaly.GetProperty("amount").GetDecimal(), anomaly.GetProperty("currency").GetString()));
        Assert.Contains("web: 4 to 12 instances", anomaly.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal("""sf alerts snooze "spend/shop" --for 24h --reason …""", anomaly.GetProperty("snooze").GetString());
    }

    [Fact]
    public async Task What_cannot_be_delivered_is_told_by_healthz_and_the_api_and_sent_again_when_a_person_wants_it()
    {
        var status = 404;
        await using var server = await LoopbackServer.StartAsync(() => status, Cancellation);
        await using var handler = await StartAsync(server);
        await handler.Services.GetRequiredService<RowStore>().ChangeFleetAsync(
            row => row.SetKillSwitch(isSet: true, "ann", "a drill", RunningHandler.Start) with { TickFinishedAt = RunningHandler.Start }, Cancellation);

        await TickAsync(handler);

        Assert.Equal("ticks run; 1 alerts could not be delivered", await handler.Client.GetStringAsync("healthz", Cancellation));
        Assert.Contains("'the kill switch is set by ann: nothing is changed' to webhook ALERT_OPS: 404: it was refused", handler.Log.Text, StringComparison.Ordinal);
        var alert = Assert.Single((await AlertsAsync(handler)).EnumerateArray());
        Assert.True(alert.GetProperty("isGivenUp").GetBoolean());
        Assert.Equal("404: it was refused", alert.GetProperty("problem").GetString());

        status = 200;
        Assert.Equal(404, await PostAsync(handler, "alerts/retry/none", """{ "by": "ann", "reason": "mended" }"""));
        Assert.Equal(400, await PostAsync(handler, $"alerts/retry/{alert.GetProperty("id").GetString()}", "{}"));
        Assert.Equal(200, await PostAsync(handler, $"alerts/retry/{alert.GetProperty("id").GetString()}", """{ "by": "ann", "reason": "mended" }"""));
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start.AddMinutes(1), Cancellation);
        await TickAsync(handler);

        Assert.Equal(2, server.Arrivals.Count);
        Assert.Empty((await AlertsAsync(handler)).EnumerateArray());
        Assert.Equal("ticks run", await handler.Client.GetStringAsync("healthz", Cancellation));
    }

    [Fact]
    public async Task A_person_puts_off_what_is_about_something()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await using var handler = await StartAsync(server);
        await handler.Services.GetRequiredService<RowStore>().ChangeFleetAsync(row => row.SetKillSwitch(isSet: true, "ann", "a drill", RunningHandler.Start), Cancellation);

        Assert.Equal(400, await PostAsync(handler, "alerts/snooze/set/kill-switch", """{ "by": "ann", "reason": "known" }"""));
        Assert.Equal(200, await PostAsync(handler, "alerts/snooze/set/kill-switch", """{ "by": "ann", "reason": "known", "minutes": 60 }"""));
        await TickAsync(handler);
        Assert.Empty(server.Arrivals);

        Assert.Equal(200, await PostAsync(handler, "alerts/snooze/end/kill-switch", """{ "by": "ann", "reason": "over" }"""));
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start.AddMinutes(1), Cancellation);
        await TickAsync(handler);
        Assert.Single(server.Arrivals);
    }

    /// <summary>The whole way: action group, webhook, the client of Event Grid's own library, its topic, the function, the budget, its owner.</summary>
    [Fact]
    public async Task A_call_of_an_action_group_goes_through_the_topic_to_the_budget_and_to_its_owner()
    {
        var money = new BudgetPathTests.Money { Spent = 900, Expected = 1_200 };
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await using var handler = await StartAsync(server, money);

        using var content = new StringContent(BudgetPathTests.Common, Encoding.UTF8, "application/json");
        using (var response = await handler.Client.PostAsync("hooks/budget", content, Cancellation))
        {
            Assert.Equal(202, (int)response.StatusCode);
        }

        Assert.Equal(0, money.Reads);
        var published = Assert.Single(handler.Sandbox.Topics.TakeOut("budgets"));
        Assert.Equal((BudgetSignal.EventType, BudgetPathTests.BudgetId), ($"{published["eventType"]}", $"{published["subject"]}"));
        (await handler.PostAsync("BudgetEvent", $$$$"""{"Data":{"event":{{{{published.ToJsonString()}}}}},"Metadata":{"sys":{"MethodName":"BudgetEvent","UtcNow":"2026-01-05T09:00:01Z","RandGuid":"c0ffee00-391d-4d3e-aa2d-a899a4cdfd5c"}}}""")).ShouldBe(System.Net.HttpStatusCode.OK, handler.Log.Text);
        await BudgetPathTests.WorkAsync(handler);
        (await handler.PostAsync("AlertTick", HostPosts.Timer)).ShouldBe(System.Net.HttpStatusCode.OK, handler.Log.Text);

        Assert.Equal(1, money.Reads);
        var alerts = server.Arrivals.Where(arrival => arrival.Target == "/shop").Select(Body).ToList();
        var frozen = Assert.Single(alerts, alert => alert.GetProperty("what").GetString()!.Contains("freezeScaleOut acts", StringComparison.Ordinal));
        Assert.Equal(
            (1_200m, "USD", "sf budgets undo shop freezeScaleOut --reason …", "critical"),
            (frozen.GetProperty("amount").GetDecimal(), frozen.GetProperty("currency").GetString(), frozen.GetProperty("undo").GetString(), frozen.GetProperty("urgency").GetString()));
        Assert.Contains("900.00 USD of 1,000.00 USD are spent", frozen.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("expected for the whole month", frozen.GetProperty("basis").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Arrivals, arrival => arrival.Target == "/ops");
    }

    private static Task<RunningHandler> StartAsync(LoopbackServer server, BudgetPathTests.Money? money = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["ALERT_OPS"] = new Uri(server.Address, "ops").ToString(),
            ["ALERT_SHOP"] = new Uri(server.Address, "shop").ToString(),
            ["ALERT_KEY"] = "0123456789abcdef0123456789abcdef",
        };
        return RunningHandler.StartAsync(services =>
        {
            services.AddSingleton(new AlertHttp(mayBeThisMachine: true)).AddAlerts(name => settings.GetValueOrDefault(name)).AddSingleton<IPolicySource>(new Told(money is not null));
            if (money is not null)
            {
                services.AddSingleton<ISpendSource>(money).AddSingleton<IBudgetSource>(money).AddSingleton<IBudgetEvents>(provider => new EventGridBudgetEvents(
                    new Uri("https://budgets.westeurope-1.eventgrid.azure.net/api/events"), new SandboxCredential(), provider.GetRequiredService<AzureConnection>().Transport));
            }
        });
    }

    private static async Task TickAsync(RunningHandler handler)
    {
        foreach (var function in new[] { "ScaleTick", "AlertTick" })
        {
            (await handler.PostAsync(function, HostPosts.Timer)).ShouldBe(System.Net.HttpStatusCode.OK, handler.Log.Text);
        }
    }

    private static JsonElement Body(LoopbackServer.Arrival arrival) => JsonElement.Parse(arrival.Body).GetProperty("alerts")[0];

    private static async Task<JsonElement> AlertsAsync(RunningHandler handler) =>
        JsonElement.Parse(await handler.Client.GetStringAsync("api/v1/alerts", Cancellation)).GetProperty("alerts");

    private static async Task<int> PostAsync(RunningHandler handler, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await handler.Client.SendAsync(request, Cancellation);
        return (int)response.StatusCode;
    }

    /// <summary>The sample policies, channels, a monitored scope of the shop's, and a budget of it where a test wants one.</summary>
    private sealed class Told(bool hasBudget) : IPolicySource
    {
        private readonly PolicySet _set = PolicyReader.Read([.. SamplePolicies.Files(), new PolicyFile("alerts.yml", Encoding.UTF8.GetBytes(
            $$"""
            apiVersion: scalefunctions/v1
            kind: AlertChannels
            metadata: { name: alerts }
            spec:
              channels:
                - { name: ops, type: webhook, setting: ALERT_OPS, keySetting: ALERT_KEY }
                - { name: shop, type: webhook, setting: ALERT_SHOP, keySetting: ALERT_KEY }
              default: [ops]
              owners: [ { owner: team-shop, channels: [shop] } ]
            ---
            apiVersion: scalefunctions/v1
            kind: CostMonitoring
            metadata: { name: spend, owner: team-shop }
            spec: { currency: EUR }
            {{(hasBudget ? Budget : "")}}
            """))]);

        private static string Budget =>
            $$"""
            ---
            apiVersion: scalefunctions/v1
            kind: BudgetAlerts
            metadata: { name: shop, owner: team-shop }
            spec:
              budget: {{BudgetPathTests.BudgetId}}
              currency: USD
              mode: act
              ladder: [ { step: freezeScaleOut, when: { forecast: 110 }, select: { type: vmss } } ]
            """;

        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken)
        {
            Assert.Empty(_set.Errors);
            return Task.FromResult(_set);
        }
    }
}
