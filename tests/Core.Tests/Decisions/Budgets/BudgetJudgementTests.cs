using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

public sealed class BudgetJudgementTests
{
    private static readonly BudgetAlertsPolicy Own = SomeBudget.Policy();

    /// <summary>Long enough after the month began.</summary>
    private static readonly DateTimeOffset Third = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    private static readonly BudgetAlertsPolicy OfAzure = Own with { Amount = null, Budget = SomeBudget.AzureId };

    /// <summary>412.50 of 1,000 are 41.25 %; 1,091 expected are 91 too much.</summary>
    [Fact]
    public void Spend_is_compared_with_the_amount()
    {
        var judged = Assert.IsType<BudgetJudgement.Judged>(BudgetJudgement.Of(Own, SomeBudget.Spend(412.5m, 1_091), null, Third));

        Assert.Equal((412.5m, 1_091m, 41.25, 109.1, 91m), (judged.Spent, judged.Expected, judged.ActualPercent, Math.Round(judged.ForecastPercent, 9), judged.Overspend));
    }

    [Fact]
    public void Of_what_Azure_and_we_have_counted_the_more_is_spent()
    {
        Assert.Equal(500m, Judged(spentByAzure: 500, SomeBudget.Spend(412.5m, 1_091)).Spent);
        Assert.Equal(412.5m, Judged(spentByAzure: 300, SomeBudget.Spend(412.5m, 1_091)).Spent);
        Assert.Equal((1_200m, 1_200m, 1_200.1m), (Judged(1_200, SomeBudget.Spend(412.5m, 1_091)).Expected, Judged(1_200, SomeBudget.Spend(412.5m, 1_091)).Spent, Judged(1_200, SomeBudget.Spend(412.5m, 1_091)).Pessimistic));
    }

    [Fact]
    public void What_only_Azure_knows_is_told_and_not_acted_on() =>
        Assert.Equal((900m, 0.0), Judged(900, new SpendReading.Missing("no prices")) is var judged ? (judged.Spent, judged.Coverage) : default);

    /// <summary>Until Azure has surely evaluated it anew, a budget may tell what the month before came to.</summary>
    [Fact]
    public void In_the_first_two_days_of_a_period_what_Azure_tells_does_not_count()
    {
        var before = Third.AddTicks(-1);

        var judged = Assert.IsType<BudgetJudgement.Judged>(BudgetJudgement.Of(OfAzure, SomeBudget.Spend(12.5m, 600), Budget(1_148), before));
        Assert.Equal((12.5m, 600m), (judged.Spent, judged.Expected));
        Assert.IsType<BudgetJudgement.NotJudged>(BudgetJudgement.Of(OfAzure, new SpendReading.Missing("no prices"), Budget(1_148), before));
        Assert.Equal(1_148m, Judged(1_148, SomeBudget.Spend(12.5m, 600)).Spent);
    }

    [Fact]
    public void What_Azure_tells_of_a_period_that_is_over_does_not_count()
    {
        var april = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(1m, Assert.IsType<BudgetJudgement.Judged>(BudgetJudgement.Of(OfAzure, SomeBudget.Spend(1, 600), Budget(1_148), april)).Spent);
    }

    [Theory]
    [InlineData("another currency of the spend", "the spend is in USD, the policy in EUR")]
    [InlineData("another currency of the budget", "the budget of Azure is in CHF, the policy in EUR")]
    [InlineData("no budget", "there is no budget")]
    [InlineData("an unreadable budget", "the budget cannot be read: 403")]
    [InlineData("no spend", "the spend is not known: no prices")]
    [InlineData("an amount of zero", "the amount is 0; it has to be above zero")]
    [InlineData("an amount below zero", "the amount is -5; it has to be above zero")]
    public void What_does_not_fit_is_not_judged_and_says_why(string what, string why)
    {
        var spend = SomeBudget.Spend(412.5m, 1_091);
        var judgement = what switch
        {
            "another currency of the spend" => BudgetJudgement.Of(Own, SomeBudget.Spend(1, 1, currency: "USD"), null, Third),
            "another currency of the budget" => BudgetJudgement.Of(OfAzure, spend, Budget(100) with { Currency = "CHF" }, Third),
            "no budget" => BudgetJudgement.Of(OfAzure, spend, new BudgetReading.Gone(), Third),
            "an unreadable budget" => BudgetJudgement.Of(OfAzure, spend, new BudgetReading.Missing("403"), Third),
            "no spend" => BudgetJudgement.Of(Own, new SpendReading.Missing("no prices"), null, Third),
            "an amount of zero" => BudgetJudgement.Of(OfAzure, spend, Budget(100) with { Amount = 0 }, Third),
            _ => BudgetJudgement.Of(OfAzure, spend, Budget(100) with { Amount = -5 }, Third),
        };

        Assert.StartsWith(why, Assert.IsType<BudgetJudgement.NotJudged>(judgement).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-31T23:59:59Z", BudgetPeriod.Month, "2026-03-01", "2026-04-01")]
    [InlineData("2026-04-01T00:00:00Z", BudgetPeriod.Month, "2026-04-01", "2026-05-01")]
    [InlineData("2026-04-01T13:59:59+14:00", BudgetPeriod.Month, "2026-03-01", "2026-04-01")]
    [InlineData("2026-03-31T20:00:00-04:00", BudgetPeriod.Month, "2026-04-01", "2026-05-01")]
    [InlineData("2026-12-31T23:59:59Z", BudgetPeriod.Quarter, "2026-10-01", "2027-01-01")]
    [InlineData("2028-02-29T12:00:00Z", BudgetPeriod.Month, "2028-02-01", "2028-03-01")]
    [InlineData("2026-12-31T23:59:59Z", BudgetPeriod.Year, "2026-01-01", "2027-01-01")]
    public void Periods_begin_and_end_at_midnights_of_UTC(string now, BudgetPeriod period, string start, string end)
    {
        var found = BudgetPeriods.Of(period, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((start, end), (found.Start.ToString("O", null), found.End.ToString("O", null)));
    }

    /// <summary>A month has one end, whichever zone its clock is read in.</summary>
    [Fact]
    public void In_every_zone_the_month_ends_at_the_same_moment()
    {
        var end = SomeBudget.March.EndsAt();
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            Assert.False(SomeBudget.March.IsOver(TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone)));
            Assert.True(SomeBudget.March.IsOver(TimeZoneInfo.ConvertTime(end, zone)));
            Assert.Equal(SomeBudget.March, BudgetPeriods.Of(BudgetPeriod.Month, TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone)));
        }
    }

    /// <summary>500 for what is tagged env=dev are no 500 for a subscription that spends 50,000.</summary>
    [Theory]
    [InlineData("", "env=dev", "the budget of Azure counts only what its filter lets through, the policy all of its scope; give the policy 'tags: { env: [dev] }', or write 'amount'")]
    [InlineData("env=test", "env=dev", "the budget of Azure counts only what its filter lets through, the policy 'tags: { env: [test] }'; give the policy 'tags: { env: [dev] }'")]
    [InlineData("env=dev", "env=Dev", "the budget of Azure counts only what its filter lets through")]
    [InlineData("env=dev,team=shop", "env=dev", "the budget of Azure counts only what its filter lets through")]
    [InlineData("env=dev", "", "the budget of Azure counts all of its scope, the policy only 'tags: { env: [dev] }'; remove these, or write 'amount'")]
    public void A_budget_that_counts_something_else_is_not_judged(string ours, string theirs, string why)
    {
        var judgement = BudgetJudgement.Of(OfAzure with { Tags = Tags(ours) }, SomeBudget.Spend(50_000, 60_000), Budget(400) with { Tags = Tags(theirs) }, Third);

        Assert.StartsWith(why, Assert.IsType<BudgetJudgement.NotJudged>(judgement).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_a_policy_cannot_have_is_not_judged_and_one_of_the_same_tags_is()
    {
        var other = BudgetJudgement.Of(OfAzure, SomeBudget.Spend(50_000, 60_000), Budget(400) with { OtherFilter = "{dimensions}" }, Third);

        Assert.StartsWith("the budget of Azure counts only what its filter lets through, which a policy cannot count ({dimensions}); write 'amount'", Assert.IsType<BudgetJudgement.NotJudged>(other).Why, StringComparison.Ordinal);
        Assert.IsType<BudgetJudgement.Judged>(BudgetJudgement.Of(OfAzure with { Tags = Tags("ENV=dev") }, SomeBudget.Spend(5, 6), Budget(4) with { Tags = Tags("env=dev") }, Third));
    }

    private static Dictionary<string, IReadOnlyList<string>> Tags(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.Split('=')).ToDictionary(tag => tag[0], tag => (IReadOnlyList<string>)[tag[1]], StringComparer.OrdinalIgnoreCase);

    private static BudgetJudgement.Judged Judged(decimal spentByAzure, SpendReading spend) =>
        Assert.IsType<BudgetJudgement.Judged>(BudgetJudgement.Of(OfAzure, spend, Budget(spentByAzure), Third));

    private static BudgetReading.Known Budget(decimal spent) => new(1_000, "EUR", spent, SomeBudget.March);
}
