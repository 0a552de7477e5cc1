using ScaleFunctions.Adapters.Costs;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Costs;

public sealed class BilledCostsTests : CostTest
{
    private const string Columns = """{"name": "Cost", "type": "Number"}, {"name": "UsageDate", "type": "Number"}, {"name": "ResourceId", "type": "String"}, {"name": "Currency", "type": "String"}""";

    [Fact]
    public async Task Reads_all_pages_by_day_and_resource()
    {
        await DaysAsync(4);

        var bill = Known(await ReadAsync());

        Assert.Equal((8, "USD"), (bill.Days.Count, bill.Currency));
        Assert.All(bill.Days, day => Assert.Equal(DayOfFleet, Math.Round(day.Amount, 4)));
        Assert.Equal(4, bill.Days.Count(day => day.Resource == Id("api").Key));
        Assert.Equal(3, Count(RequestKind.CostQuery));
    }

    [Fact]
    public async Task A_day_is_whole_when_it_had_a_day_to_appear()
    {
        await DaysAsync(4);

        // It is the ninth at midnight: the eighth ended just now, the seventh a day ago.
        Assert.Equal(new DateOnly(2026, 1, 7), Known(await ReadAsync()).Through);
        Assert.Equal(new DateOnly(2026, 1, 6), Known(await ReadAsync(period: Week with { End = new(2026, 1, 7) })).Through);
    }

    /// <summary>Cost Management answers a year at most: 400 days are asked for in parts, none of them twice.</summary>
    [Fact]
    public async Task More_than_a_year_is_asked_for_in_parts()
    {
        await DaysAsync(4);

        var bill = Known(await ReadAsync(period: new SpendPeriod(new(2025, 1, 1), new(2026, 2, 5))));

        Assert.Equal(new DateOnly(2026, 1, 7), bill.Through);
        Assert.Equal(bill.Days.Count, bill.Days.DistinctBy(day => (day.Day, day.Resource)).Count());
        Assert.Equal([2025, 2026], bill.Days.Select(day => day.Day.Year).Distinct().Order());
        Assert.All(bill.Days.Where(day => day.Day >= new DateOnly(2026, 1, 5)), day => Assert.Equal(DayOfFleet, Math.Round(day.Amount, 4)));
    }

    [Fact]
    public async Task Tags_and_groups_narrow_it()
    {
        await DaysAsync(1);
        var tags = new Dictionary<string, IReadOnlyList<string>> { ["app"] = ["api", "other"], ["APP"] = ["api"] };

        var bill = Known(await ReadAsync(new SpendScope($"{Scope}/resourcegroups/shop", tags)));

        Assert.Equal(Id("api").Key, Assert.Single(bill.Days).Resource);
    }

    [Fact]
    public async Task Nothing_billed_is_no_day_and_no_currency()
    {
        var bill = Known(await ReadAsync());
        Fault(new AnswerWith(204), target: Target, times: 1);
        var none = Known(await ReadAsync());

        Assert.Equal(("", 0, null), (bill.Currency, bill.Days.Count, bill.Through));
        Assert.Equal(("", 0, null), (none.Currency, none.Days.Count, none.Through));
    }

    [Fact]
    public async Task Columns_are_found_by_their_names_and_amounts_may_be_below_zero()
    {
        Answer("""
            {"name": "Currency", "type": "String"}, {"name": "UsageDate", "type": "Number"},
            {"name": "Surplus", "type": "String"}, {"name": "Cost", "type": "Number"}, {"name": "ResourceId", "type": "String"}
            """, """["eur", 20260106, null, -1.5e1, "/A/B"]""");

        var bill = Known(await ReadAsync());

        Assert.Equal(("EUR", new BilledDay(new(2026, 1, 6), "/a/b", -15m)), (bill.Currency, Assert.Single(bill.Days)));
    }

    [Theory]
    [InlineData("[\"12.5\", 20260106, \"/a\", \"EUR\"]", "not a number")]
    [InlineData("[12.5, \"2026-01-06\", \"/a\", \"EUR\"]", "not a day")]
    [InlineData("[12.5, 20261306, \"/a\", \"EUR\"]", "not a day")]
    [InlineData("[12.5, 20260106, \"/a\"]", "cells")]
    [InlineData("[12.5, 20260106, \"/a\", \"\"]", "currency")]
    [InlineData("[12.5, 20260106, \"/a\", \"EUR\"], [1, 20260106, \"/a\", \"USD\"]", "EUR and in USD")]
    [InlineData("{}", "cells")]
    public async Task A_row_that_cannot_be_read_makes_the_whole_bill_missing(string rows, string expected)
    {
        Answer(Columns, rows);

        Assert.Contains(expected, Why(await ReadAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_is_told_by_name()
    {
        Answer("""{"name": "UsageDate", "type": "Number"}, {"name": "Currency", "type": "String"}""", "");

        Assert.Contains("column Cost is missing", Why(await ReadAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"https://evil.example/next\"", "evil.example")]
    [InlineData("\"http://management.azure.com/next\"", "http://management.azure.com")]
    [InlineData("7", "address of the next page")]
    public async Task A_next_page_elsewhere_gets_no_request(string link, string expected)
    {
        Answer(Columns, "[1, 20260106, \"/a\", \"EUR\"]", link);

        Assert.Contains(expected, Why(await ReadAsync()), StringComparison.Ordinal);
        Assert.Single(Received);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_are_no_bill()
    {
        var link = $"\"https://management.azure.com{Scope}/providers/Microsoft.CostManagement/query?api-version=2023-11-01\"";
        Fault(new AnswerWith(200, Body: Page(Columns, "", link)), target: Target);

        Assert.Contains("circle", Why(await ReadAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_cut_is_read_again_and_a_page_cut_again_and_again_is_no_bill()
    {
        await DaysAsync(4);
        Fault(new TruncateAnswer(60), target: Target, times: 1, skip: 1);
        Assert.Equal(8, Known(await ReadAsync()).Days.Count);

        Fault(new TruncateAnswer(60), target: Target);
        Why(await ReadAsync());
    }

    [Fact]
    public async Task Waits_as_long_as_the_units_of_Cost_Management_need()
    {
        await DaysAsync(1);
        var before = Sandbox.Clock.GetUtcNow();
        Fault(Refusal("17"), target: Target, times: 1);

        Known(await ReadAsync());

        Assert.Equal(17, (Sandbox.Clock.GetUtcNow() - before).TotalSeconds);
        Assert.Equal(2, Count(RequestKind.CostQuery));
    }

    [Fact]
    public async Task Does_not_wait_for_longer_than_a_read_may_and_leaves_the_tenant_alone_until_then()
    {
        Fault(Refusal("600"), target: Target, times: 1);
        var costs = new BilledCosts(Connect());

        Assert.Contains("429", Why(await costs.ReadAsync(Whole(), Week, false, Cancellation)), StringComparison.Ordinal);
        Assert.Contains("to wait 600 s", Why(await costs.ReadAsync(Whole($"/subscriptions/{Other}"), Week, false, Cancellation)), StringComparison.Ordinal);
        Assert.Single(Received);
    }

    [Fact]
    public async Task A_refusal_says_which_role_mends_it()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: Target);

        var why = Why(await ReadAsync());

        Assert.Contains("AuthorizationFailed", why, StringComparison.Ordinal);
        Assert.Contains("needs the role Cost Management Reader", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/subscriptions/no-guid")]
    [InlineData("/subscriptions/00000000-0000-4000-8000-000000000001/resourcegroups/..")]
    [InlineData("/subscriptions/00000000-0000-4000-8000-000000000001?x=/resourcegroups/a")]
    public async Task What_is_no_scope_is_not_asked_for(string scope)
    {
        Assert.Contains("no scope", Why(await ReadAsync(Whole(scope))), StringComparison.Ordinal);
        Assert.Empty(Received);
    }

    private static AnswerWith Refusal(string seconds) => new(
        429, "429", Headers: new Dictionary<string, string> { ["x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after"] = seconds });

    private void Answer(string columns, string rows, string link = "null") => Fault(new AnswerWith(200, Body: Page(columns, rows, link)), target: Target, times: 1);

    private static string Page(string columns, string rows, string link) =>
        $$"""{"id": "x", "name": "x", "type": "Microsoft.CostManagement/query", "properties": {"nextLink": {{link}}, "columns": [{{columns}}], "rows": [{{rows}}]} }""";
}
