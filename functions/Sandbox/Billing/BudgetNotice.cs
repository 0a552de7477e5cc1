using System.Globalization;
using System.Text.Json.Nodes;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What an action group sends of a budget, in both of its forms: learn.microsoft.com/azure/azure-monitor/alerts/alerts-payload-samples.</summary>
internal static class BudgetNotice
{
    /// <summary>The form of budgets: every value is text.</summary>
    public static JsonObject Of(SimulatedBudget budget, BudgetThreshold threshold, DateTimeOffset at, string currency) => new()
    {
        ["schemaId"] = "AIP Budget Notification",
        ["data"] = new JsonObject
        {
            ["SubscriptionName"] = $"sandbox {budget.Scope.Subscription}",
            ["SubscriptionId"] = budget.Scope.Subscription,
            ["EnrollmentNumber"] = "",
            ["DepartmentName"] = "",
            ["AccountName"] = "",
            ["BillingAccountId"] = "",
            ["BillingProfileId"] = "",
            ["InvoiceSectionId"] = "",
            ["ResourceGroup"] = budget.Scope.ResourceGroup ?? "",
            ["SpendingAmount"] = Number(Amount(budget, threshold)),
            ["BudgetStartDate"] = Period(budget, at).ToString("M/d/yyyy", CultureInfo.InvariantCulture),
            ["Budget"] = Number(budget.Terms.Amount),
            ["Unit"] = currency,
            ["BudgetCreator"] = "sandbox@example.com",
            ["BudgetName"] = budget.Name,
            ["BudgetType"] = "Cost",
            ["NotificationThresholdAmount"] = Number(budget.Terms.Amount * threshold.Percent / 100),
        },
    };

    /// <summary>The common alert schema: amounts are text for people.</summary>
    public static JsonObject InCommonSchema(SimulatedBudget budget, BudgetThreshold threshold, DateTimeOffset at, string currency) => new()
    {
        ["schemaId"] = "azureMonitorCommonAlertSchema",
        ["data"] = new JsonObject
        {
            ["essentials"] = new JsonObject
            {
                ["monitoringService"] = "CostAlerts",
                ["firedDateTime"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                ["description"] = $"Your spend for budget {budget.Name} is now {ForPeople(Amount(budget, threshold))} exceeding your specified threshold {ForPeople(budget.Terms.Amount * threshold.Percent / 100)}.",
                ["essentialsVersion"] = "1.0",
                ["alertContextVersion"] = "1.0",
                ["alertId"] = $"{budget.Scope.Id}/providers/Microsoft.CostManagement/alerts/{budget.Name}-{threshold.Name}",
                ["alertRule"] = null,
                ["severity"] = null,
                ["signalType"] = null,
                ["monitorCondition"] = null,
                ["alertTargetIDs"] = null,
                ["configurationItems"] = new JsonArray("budgets"),
                ["originAlertId"] = null,
            },
            ["alertContext"] = new JsonObject
            {
                ["AlertCategory"] = "budgets",
                ["AlertData"] = new JsonObject
                {
                    ["Scope"] = $"{budget.Scope.Id}/",
                    ["ThresholdType"] = threshold.IsForecast ? "Forecasted" : "Actual",
                    ["BudgetType"] = "Cost",
                    ["BudgetThreshold"] = ForPeople(budget.Terms.Amount),
                    ["NotificationThresholdAmount"] = ForPeople(budget.Terms.Amount * threshold.Percent / 100),
                    ["BudgetName"] = budget.Name,
                    ["BudgetId"] = budget.Id,
                    ["BudgetStartDate"] = Period(budget, at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["BudgetCreator"] = "sandbox@example.com",
                    ["Unit"] = currency,
                    ["SpentAmount"] = ForPeople(Amount(budget, threshold)),
                },
            },
        },
    };

    private static decimal Amount(SimulatedBudget budget, BudgetThreshold threshold) => threshold.IsForecast ? budget.Forecast ?? 0 : budget.Spent;

    private static DateOnly Period(SimulatedBudget budget, DateTimeOffset at) =>
        budget.Terms.PeriodOf(DateOnly.FromDateTime(at.UtcDateTime))?.First ?? budget.Terms.Start;

    private static string Number(decimal amount) => Math.Round(amount, 2).ToString(CultureInfo.InvariantCulture);

    // Azure writes a dollar sign whatever the currency is.
    private static string ForPeople(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:#,##0.00}");
}
