using System.Text;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What is read of a call to the webhook of budgets, and what is kept for a person to look at.</summary>
public sealed class BudgetNoticeTests
{
    private const string Own = """{ "schemaId": "AIP Budget Notification", "data": { "SubscriptionId": "s-1", "BudgetName": "shop", "ResourceGroup": "web", "BudgetStartDate": "1/1/2026", "NotificationThresholdAmount": "0.8" } }""";

    private const string Common = """{ "schemaId": "azureMonitorCommonAlertSchema", "data": { "alertContext": { "AlertData": { "BudgetId": "/subscriptions/s-1/providers/x/budgets/shop" } } } }""";

    [Theory]
    [InlineData(Own, "/subscriptions/s-1/resourceGroups/web/providers/Microsoft.Consumption/budgets/shop")]
    [InlineData(Common, "/subscriptions/s-1/providers/x/budgets/shop")]
    public void Says_which_budget_it_is_about(string body, string budget)
    {
        var notice = Assert.IsType<BudgetNotice.OfBudget>(Read(body));

        Assert.Equal((budget, "action-group"), (notice.Signal.Budget, notice.Signal.Source));
        Assert.Equal(notice, Read(body));
    }

    /// <summary>The threshold and the period are a mark of what was said; neither is believed.</summary>
    [Fact]
    public void Another_threshold_or_period_says_something_else()
    {
        var bodies = new[] { Own, Own.Replace("0.8", "1.0", StringComparison.Ordinal), Own.Replace("1/1", "2/1", StringComparison.Ordinal) };

        Assert.Equal(3, bodies.Select(body => Assert.IsType<BudgetNotice.OfBudget>(Read(body)).Signal.Meaning).Distinct().Count());
        Assert.All(bodies, body => Assert.Matches("^[0-9a-f]{16}$", Assert.IsType<BudgetNotice.OfBudget>(Read(body)).Signal.Meaning));
    }

    public static TheoryData<string, string> Unknown { get; } = new()
    {
        { "nothing", "" },
        { "no JSON", "shop" },
        { "no object", "[]" },
        { "another schema", Own.Replace("AIP", "ZIP", StringComparison.Ordinal) },
        { "no data", Own.Replace("\"data\"", "\"dat\"", StringComparison.Ordinal) },
        { "data that is a list", """{ "schemaId": "AIP Budget Notification", "data": [] }""" },
        { "no subscription", Own.Replace("SubscriptionId", "Subscription", StringComparison.Ordinal) },
        { "no name", Own.Replace("BudgetName", "Budget", StringComparison.Ordinal) },
        { "a name that is a number", Own.Replace("\"shop\"", "7", StringComparison.Ordinal) },
        { "no id", Common.Replace("BudgetId", "Budget", StringComparison.Ordinal) },
        { "an id that is longer than any", Own.Replace("shop", new string('x', 500), StringComparison.Ordinal) },
        { "half a surrogate pair", Own.Replace("shop", "\\ud800", StringComparison.Ordinal) },
        { "two documents", Own + Own },
        { "words after it", Own + " and more" },
        { "nested deeper than any", Own.Replace("\"shop\"", $"\"shop\", \"more\": {new string('[', 15)}{new string(']', 15)}", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public void What_is_not_exactly_a_notice_is_none(string what, string body)
    {
        var unknown = Assert.IsType<BudgetNotice.Unknown>(Read(body));

        Assert.Matches("^hook-[0-9a-f]{32}$", unknown.Id);
        Assert.Equal(unknown, Read(body));
        Assert.NotEqual(unknown, Read($"{body} {what}"));
    }

    private static BudgetNotice Read(string body) => BudgetNotice.Read(Encoding.UTF8.GetBytes(body));
}
