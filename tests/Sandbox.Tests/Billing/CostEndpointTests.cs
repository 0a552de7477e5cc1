using System.Text.Json;
using ScaleFunctions.Sandbox.Billing;
using static ScaleFunctions.Sandbox.Tests.Billing.BillingHost;

namespace ScaleFunctions.Sandbox.Tests.Billing;

public sealed class CostEndpointTests
{
    [Fact]
    public async Task Answers_columns_by_name_page_by_page()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce with { PageSize = 2 });
        await host.AdvanceAsync(TimeSpan.FromDays(3));

        var first = await QueryAsync(host, last: 7);
        var next = first.Json.GetProperty("properties").GetProperty("nextLink").GetString()!;

        Assert.Equal(
            ["Cost", "UsageDate", "ResourceId", "Meter", "Currency"],
            first.Json.GetProperty("properties").GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        Assert.Equal(2, Rows(first).Count);
        Assert.StartsWith("https://management.azure.com/", next, StringComparison.Ordinal);
        Assert.Equal(SandboxHost.Web.Value.ToLowerInvariant(), Rows(first)[0][2].GetString());
    }

    [Fact]
    public async Task Says_in_a_header_of_its_own_when_its_units_are_there_again()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);
        for (var asked = 0; asked < 12; asked++)
        {
            Assert.Equal(200, (await QueryAsync(host)).Status);
        }

        var refused = await QueryAsync(host);
        await host.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal((429, "10"), (refused.Status, refused.Headers["x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after"]));
        Assert.False(refused.Headers.ContainsKey("Retry-After"));
        Assert.Equal(200, (await QueryAsync(host)).Status);
    }

    [Fact]
    public async Task Filters_by_tags_and_by_group()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with { ScaleSets = [.. estate.ScaleSets, SandboxHost.Service("api")] });
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        var tagged = await QueryAsync(host, last: 5, more: """, "filter": {"tags": {"name": "app", "operator": "In", "values": ["api", "other"]} }""");
        var grouped = await QueryAsync(host, last: 5, scope: $"{Scope}/resourceGroups/shop");

        Assert.EndsWith("/api", Assert.Single(Rows(tagged))[2].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, Rows(grouped).Count);
        Assert.Equal(404, (await QueryAsync(host, scope: $"{Scope}/resourceGroups/none")).Status);
    }

    [Theory]
    [InlineData(""", "filter": {"and": []}""")]
    [InlineData(""", "filter": {"dimensions": {"name": "Moon", "operator": "In", "values": ["x"]} }""")]
    public async Task Refuses_what_is_no_query(string more)
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);

        Assert.Equal(400, (await QueryAsync(host, more: more)).Status);
    }

    [Fact]
    public async Task Forecasts_the_days_to_come_by_those_that_were()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);
        await host.AdvanceAsync(TimeSpan.FromDays(10));

        var answer = await host.SendAsync(
            HttpMethod.Post, Url("Microsoft.CostManagement/forecast"),
            """
            {"type": "ActualCost", "timeframe": "Custom", "timePeriod": {"from": "2026-01-05T00:00:00Z", "to": "2026-01-20T23:59:59Z"}, "includeActualCost": true,
             "dataset": {"granularity": "Daily", "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"} } } }
            """);

        Assert.Equal(16, Rows(answer).Count);
        Assert.Equal((10, 6), (Rows(answer).Count(row => Status(row) == "Actual"), Rows(answer).Count(row => Status(row) == "Forecast")));
        Assert.All(Rows(answer), row => Assert.Equal(DayOfWeb, Math.Round(row[0].GetDecimal(), 4)));
    }

    [Theory]
    [InlineData(false, "cost", "resourceId", "billingCurrency")]
    [InlineData(true, "costInBillingCurrency", "instanceName", "billingCurrencyCode")]
    public async Task Lists_usage_details_in_either_form(bool isModern, string cost, string resource, string currency)
    {
        await using var host = await StartAsync(BillingOptions.AtOnce with { IsModern = isModern, PageSize = 1 });
        var nothing = await host.GetAsync($"{Url("Microsoft.Consumption/usageDetails")}&$filter=properties/usageStart ge '2026-02-01' and properties/usageEnd le '2026-02-02'");
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        var answer = await host.GetAsync($"{Url("Microsoft.Consumption/usageDetails")}&$filter=properties/usageStart ge '2026-01-05' and properties/usageEnd le '2026-01-06'");
        var row = Assert.Single(answer.Json.GetProperty("value").EnumerateArray());
        var second = await host.GetAsync(answer.Json.GetProperty("nextLink").GetString()!);

        Assert.Equal((204, ""), (nothing.Status, nothing.Text));
        Assert.Equal((DayOfWeb, SandboxHost.Web.Value, "USD"), (Math.Round(Of(row, cost).GetDecimal(), 4), Of(row, resource).GetString(), Of(row, currency).GetString()));
        Assert.Equal("web", row.GetProperty("tags").GetProperty("app").GetString());
        Assert.False(second.Json.TryGetProperty("nextLink", out _));
    }

    private static JsonElement Of(JsonElement row, string name) => row.GetProperty("properties").GetProperty(name);

    private static string? Status(JsonElement row) => row[2].GetString();
}
