using System.Text.Json;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Tests.Shared;
using static ScaleFunctions.Sandbox.Tests.Billing.BillingHost;

namespace ScaleFunctions.Sandbox.Tests.Billing;

public sealed class BudgetTests
{
    private const string Group = $"{Scope}/resourceGroups/shop/providers/microsoft.insights/actionGroups/finops";

    private static readonly string Address = Url("Microsoft.Consumption/budgets/month");

    [Fact]
    public async Task A_budget_can_be_made_read_and_changed_on_the_condition_of_its_eTag()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);
        Assert.Equal(404, (await host.GetAsync(Address)).Status);

        var made = await host.SendAsync(HttpMethod.Put, Address, Body(100));
        var tag = made.Json.GetProperty("eTag").GetString()!;
        var changed = await host.SendAsync(HttpMethod.Put, Address, Body(200, tag));
        var stale = await host.SendAsync(HttpMethod.Put, Address, Body(300, tag));

        Assert.Equal((201, 200, 412), (made.Status, changed.Status, stale.Status));
        Assert.Equal(200m, Property(await host.GetAsync(Address), "amount").GetDecimal());
        Assert.Single((await host.GetAsync(Url("Microsoft.Consumption/budgets"))).Json.GetProperty("value").EnumerateArray());
        Assert.Equal([true, true], host.Server.Writes.All.Where(write => write.Status is 200 or 201).Select(write => write.IsEffective));
    }

    [Theory]
    [InlineData("\"amount\": 100", "\"amount\": 0")]
    [InlineData("\"threshold\": 80", "\"threshold\": 1001")]
    [InlineData("2026-01-01", "2026-01-02")]
    [InlineData("\"contactEmails\": []", "\"emails\": []")]
    public async Task A_budget_that_is_none_is_refused(string from, string to)
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);

        Assert.Equal(400, (await host.SendAsync(HttpMethod.Put, Address, Body(100).Replace(from, to, StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task It_is_evaluated_once_a_day_with_what_is_billed_then()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with { Budgets = [new BudgetSpec(Scope, "month", 1000)] });
        await host.AdvanceAsync(TimeSpan.FromHours(5));
        var before = Property(await host.GetAsync(Address), "currentSpend").GetProperty("amount").GetDecimal();
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        var after = Property(await host.GetAsync(Address), "currentSpend").GetProperty("amount").GetDecimal();
        await host.AdvanceAsync(TimeSpan.FromHours(22));

        // Evaluated at six: 18 hours of 6 × 0.230 of the fourth, then six of 5 × 0.230.
        Assert.Equal(24.84m + 6.9m, Math.Round(after - before, 4));
        Assert.Equal(after, Property(await host.GetAsync(Address), "currentSpend").GetProperty("amount").GetDecimal());
        Assert.Equal("USD", Property(await host.GetAsync(Address), "forecastSpend").GetProperty("unit").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_threshold_is_told_once_in_a_period(bool usesCommonSchema)
    {
        await using var webhook = await LoopbackServer.StartAsync(() => 200, SandboxHost.Cancel);
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with
        {
            Budgets = [new BudgetSpec(Scope, "month", 200) { Thresholds = [new("most", 80, IsForecast: false, [Group]), new("end", 100, IsForecast: true, [Group])] }],
            ActionGroups = [new ActionGroupSpec(Group, webhook.Address, usesCommonSchema)],
        });
        await DaysAsync(host, 10);

        // 4 × 33.12 + 27.60 + 6.90 = 166.98 on the sixth at six, above 80 % of 200; the forecast was above 200 before the start, and told then.
        var arrival = Assert.Single(webhook.Arrivals);
        var notice = JsonDocument.Parse(arrival.Body).RootElement;
        var data = usesCommonSchema ? notice.GetProperty("data").GetProperty("alertContext").GetProperty("AlertData") : notice.GetProperty("data");
        Assert.Equal("application/json; charset=utf-8", arrival.Headers["Content-Type"]);
        Assert.Equal(
            usesCommonSchema ? ("azureMonitorCommonAlertSchema", "$160.00", "month") : ("AIP Budget Notification", "160", "month"),
            (notice.GetProperty("schemaId").GetString(), data.GetProperty("NotificationThresholdAmount").GetString(), data.GetProperty("BudgetName").GetString()));
        Assert.All(data.EnumerateObject(), value => Assert.Equal(JsonValueKind.String, value.Value.ValueKind));
    }

    [Fact]
    public async Task A_webhook_that_fails_is_tried_as_Azure_does_and_then_left_alone()
    {
        await using var webhook = await LoopbackServer.StartAsync(() => 503, SandboxHost.Cancel);
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with
        {
            Budgets = [new BudgetSpec(Scope, "month", 200) { Thresholds = [new("most", 80, IsForecast: false, [Group])] }],
            ActionGroups = [new ActionGroupSpec(Group, webhook.Address)],
        });
        await DaysAsync(host, 2);
        foreach (var seconds in (int[])[5, 20, 5, 40, 5, 600])
        {
            await host.AdvanceAsync(TimeSpan.FromSeconds(seconds));
            await host.Server.ActionGroups.SettleAsync(SandboxHost.Cancel);
        }

        Assert.Equal(6, webhook.Arrivals.Count);
        Assert.All(host.Server.ActionGroups.All, call => Assert.Equal(503, call.Status));
        Assert.Equal(
            [5, 20, 5, 40, 5],
            host.Server.ActionGroups.All.Zip(host.Server.ActionGroups.All.Skip(1), (one, other) => (int)(other.At - one.At).TotalSeconds));
    }

    [Fact]
    public async Task What_will_not_pass_is_tried_once()
    {
        await using var webhook = await LoopbackServer.StartAsync(() => 400, SandboxHost.Cancel);
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with
        {
            Budgets = [new BudgetSpec(Scope, "month", 200) { Thresholds = [new("most", 80, IsForecast: false, [Group])] }],
            ActionGroups = [new ActionGroupSpec(Group, webhook.Address)],
        });
        await DaysAsync(host, 4);

        Assert.Single(webhook.Arrivals);
    }

    [Fact]
    public async Task Nobody_elsewhere_is_called()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);

        Assert.Throws<ArgumentException>(() => host.Server.ActionGroups.Set(new ActionGroupSpec(Group, new Uri("https://hooks.example.com/x"))));
    }

    private static async Task DaysAsync(SandboxHost host, int days)
    {
        for (var day = 0; day < days; day++)
        {
            await host.AdvanceAsync(TimeSpan.FromDays(1));
            await host.Server.ActionGroups.SettleAsync(SandboxHost.Cancel);
        }
    }

    private static JsonElement Property(SandboxHost.Answer answer, string name) => answer.Json.GetProperty("properties").GetProperty(name);

    private static string Body(decimal amount, string? tag = null)
    {
        var condition = tag is null ? "" : $"\"eTag\": {JsonSerializer.Serialize(tag)}, ";
        return $$"""
            { {{condition}}"properties": {"category": "Cost", "amount": {{Text(amount)}}, "timeGrain": "Monthly", "timePeriod": {"startDate": "2026-01-01T00:00:00Z"},
              "notifications": {"most": {"enabled": true, "operator": "GreaterThan", "threshold": 80, "contactEmails": []} } } }
            """;
    }
}
