using ScaleFunctions.Adapters.Costs;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Costs;

public sealed class BudgetSourceTests : CostTest
{
    private const string Month = $"{Scope}/providers/Microsoft.Consumption/budgets/month";

    [Fact]
    public async Task Reads_what_Azure_counts_as_spent_and_expects()
    {
        await DaysAsync(3);

        var budget = Assert.IsType<BudgetReading.Known>(await BudgetAsync());

        Assert.Equal((500m, "USD"), (budget.Amount, budget.Currency));
        Assert.Equal(new SpendPeriod(new(2026, 1, 1), new(2026, 2, 1)), budget.Period);
        Assert.True(budget.Spent > 3 * DayOfFleet);
    }

    [Fact]
    public async Task A_budget_that_is_not_there_is_gone_and_one_that_may_not_be_read_is_missing()
    {
        Assert.IsType<BudgetReading.Gone>(await BudgetAsync($"{Scope}/providers/Microsoft.Consumption/budgets/other"));
        Fault(new AnswerWith(403, "AuthorizationFailed"));
        Assert.Contains("Cost Management Reader", Assert.IsType<BudgetReading.Missing>(await BudgetAsync()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"amount\": 0, \"timeGrain\": \"Monthly\", \"timePeriod\": {\"startDate\": \"2026-01-01T00:00:00Z\"}", "amount")]
    [InlineData("\"amount\": \"500\", \"timeGrain\": \"Monthly\", \"timePeriod\": {\"startDate\": \"2026-01-01T00:00:00Z\"}", "amount")]
    [InlineData("\"amount\": 1, \"timeGrain\": \"Weekly\", \"timePeriod\": {\"startDate\": \"2026-01-01T00:00:00Z\"}", "time grain")]
    [InlineData("\"amount\": 1, \"timeGrain\": \"Monthly\", \"timePeriod\": {\"startDate\": \"2027-01-01T00:00:00Z\"}", "does not hold today")]
    [InlineData("\"amount\": 1, \"timeGrain\": \"Monthly\", \"timePeriod\": {\"startDate\": \"2026-01-01T00:00:00Z\"}, \"currentSpend\": {\"amount\": 1, \"unit\": \"EUR\"}, \"forecastSpend\": {\"amount\": 1, \"unit\": \"USD\"}", "EUR")]
    public async Task A_budget_that_cannot_be_used_says_why(string properties, string expected)
    {
        Fault(new AnswerWith(200, Body: $$"""{"properties": { {{properties}} } }"""));

        Assert.Contains(expected, Assert.IsType<BudgetReading.Missing>(await BudgetAsync()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "", "")]
    [InlineData("{}", "", "")]
    [InlineData("""{"tags": {"name": "env", "operator": "In", "values": ["dev", "test"]}}""", "env=dev+test", "")]
    [InlineData("""{"tags": {"name": "env", "operator": "In", "values": ["dev"]}, "dimensions": null}""", "env=dev", "")]
    [InlineData("""{"and": [{"tags": {"name": "env", "operator": "In", "values": ["dev"]}}, {"tags": {"name": "team", "operator": "In", "values": ["shop"]}}]}""", "env=dev,team=shop", "")]
    [InlineData("""{"and": [{"tags": {"name": "env", "operator": "In", "values": ["dev"]}}, {"tags": {"name": "ENV", "operator": "In", "values": ["test"]}}]}""", "", "ENV")]
    [InlineData("""{"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["shop"]}}""", "", "ResourceGroupName")]
    [InlineData("""{"and": [{"tags": {"name": "env", "operator": "In", "values": ["dev"]}}, {"dimensions": {"name": "ServiceName", "operator": "In", "values": ["x"]}}]}""", "", "ServiceName")]
    [InlineData("""{"not": {"tags": {"name": "env", "operator": "In", "values": ["dev"]}}}""", "", "not")]
    [InlineData("""{"tags": {"name": "env", "operator": "NotIn", "values": ["dev"]}}""", "", "NotIn")]
    [InlineData("""{"tags": {"env": ["dev"]}}""", "", "env")]
    [InlineData("7", "", "7")]
    public async Task The_filter_of_a_budget_is_read_as_tags_or_shown_as_it_is(string filter, string tags, string other)
    {
        Fault(new AnswerWith(200, Body: $$"""{"properties": {"amount": 1, "timeGrain": "Monthly", "timePeriod": {"startDate": "2026-01-01T00:00:00Z"}, "filter": {{filter}} } }"""));

        var budget = Assert.IsType<BudgetReading.Known>(await BudgetAsync());

        Assert.Equal(tags, string.Join(",", budget.Tags.Select(tag => $"{tag.Key}={string.Join("+", tag.Value)}")));
        Assert.Contains(other, budget.OtherFilter, StringComparison.Ordinal);
        Assert.Equal(other.Length > 0, budget.OtherFilter.Length > 0);
    }

    [Theory]
    [InlineData("Monthly", "2025-06-01", "2026-01-01", "2026-02-01")]
    [InlineData("BillingMonth", "2025-06-15", "2025-12-15", "2026-01-15")]
    [InlineData("Quarterly", "2025-06-01", "2025-12-01", "2026-03-01")]
    [InlineData("Annually", "2024-02-01", "2025-02-01", "2026-02-01")]
    public async Task The_period_that_runs_follows_from_start_and_grain(string grain, string start, string first, string end)
    {
        Fault(new AnswerWith(200, Body: $$"""{"properties": {"amount": 1, "timeGrain": "{{grain}}", "timePeriod": {"startDate": "{{start}}T00:00:00Z"} } }"""));

        var budget = Assert.IsType<BudgetReading.Known>(await BudgetAsync());

        Assert.Equal(new SpendPeriod(DateOnly.Parse(first, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture)), budget.Period);
        Assert.Equal(("", null), (budget.Currency, budget.Spent));
    }

    [Theory]
    [InlineData("/subscriptions/00000000-0000-4000-8000-000000000001/providers/Microsoft.Consumption/budgets/../../x")]
    [InlineData("https://evil.example/subscriptions/00000000-0000-4000-8000-000000000001/providers/Microsoft.Consumption/budgets/x")]
    [InlineData("/subscriptions/00000000-0000-4000-8000-000000000001")]
    public async Task An_event_cannot_have_anything_else_read(string id)
    {
        Assert.IsType<BudgetReading.Missing>(await BudgetAsync(id));
        Assert.Empty(Received);
    }

    [Fact]
    public async Task Azure_is_asked_for_its_forecast()
    {
        await DaysAsync(8);
        var fortnight = Week with { End = new(2026, 1, 19) };
        var forecast = Assert.IsType<AzureForecastReading.Known>(await new AzureForecast(Connect()).ReadAsync(Whole(), fortnight, amortized: false, Cancellation));
        Fault(new AnswerWith(204));
        var none = await new AzureForecast(Connect()).ReadAsync(Whole(), fortnight, amortized: false, Cancellation);

        Assert.Equal(("USD", 16 * DayOfFleet, 12 * DayOfFleet), (forecast.Currency, Math.Round(forecast.Billed, 4), Math.Round(forecast.Expected, 4)));
        Assert.IsType<AzureForecastReading.Missing>(none);
    }

    /// <summary>What is billed so far is no forecast of a period that goes on.</summary>
    [Fact]
    public async Task Where_Azure_tells_only_what_is_billed_there_is_no_forecast()
    {
        Fault(new AnswerWith(200, Body: """
            {"properties": {"nextLink": null, "columns": [{"name": "Cost"}, {"name": "UsageDate"}, {"name": "CostStatus"}, {"name": "Currency"}],
            "rows": [[12.5, 20260106, "Actual", "USD"]]} }
            """));

        Assert.IsType<AzureForecastReading.Missing>(await new AzureForecast(Connect()).ReadAsync(Whole(), Week, amortized: false, Cancellation));
    }

    [Fact]
    public async Task What_only_reads_may_ask_for_costs()
    {
        var arm = Connect(connection => connection with { IsReadOnly = true });

        Assert.IsType<BilledReading.Known>(await new BilledCosts(arm).ReadAsync(Whole(), Week, amortized: true, Cancellation));
        Assert.IsType<AzureForecastReading.Known>(await new AzureForecast(arm).ReadAsync(Whole(), Week, amortized: true, Cancellation));
        Assert.IsType<BudgetReading.Known>(await new BudgetSource(arm).ReadAsync(Month, Cancellation));
    }

    private Task<BudgetReading> BudgetAsync(string id = Month) => new BudgetSource(Connect()).ReadAsync(id, Cancellation);
}
