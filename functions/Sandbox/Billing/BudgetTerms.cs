using System.Globalization;
using System.Text.Json;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What a budget says: learn.microsoft.com/rest/api/consumption/budgets/create-or-update, version 2023-11-01.</summary>
internal sealed record BudgetTerms
{
    private const int MostThresholds = 5;
    private const decimal HighestPercent = 1000;

    public required decimal Amount { get; init; }

    public required string TimeGrain { get; init; }

    public required DateOnly Start { get; init; }

    /// <summary>The day after the last one; absent when it goes on.</summary>
    public DateOnly? End { get; init; }

    public required Func<DayCharge, bool> Passes { get; init; }

    public required IReadOnlyList<BudgetThreshold> Thresholds { get; init; }

    /// <summary>Reads the <c>properties</c> of a budget, or says what is wrong.</summary>
    public static (BudgetTerms? Terms, string Problem) Parse(JsonElement properties)
    {
        try
        {
            return Read(properties);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return (null, "The body is not a budget.");
        }
    }

    /// <summary>The period that a day is in; nothing outside of the budget.</summary>
    public (DateOnly First, DateOnly Last)? PeriodOf(DateOnly day)
    {
        if (day < Start || day >= End)
        {
            return null;
        }

        var months = TimeGrain switch
        {
            "Quarterly" or "BillingQuarter" => 3,
            "Annually" or "BillingAnnual" => 12,
            _ => 1,
        };
        var passed = ((day.Year - Start.Year) * 12) + day.Month - Start.Month;
        var first = Start.AddMonths(passed - (passed % months));
        return (first, first.AddMonths(months).AddDays(-1));
    }

    private static (BudgetTerms? Terms, string Problem) Read(JsonElement properties)
    {
        var amount = properties.GetProperty("amount").GetDecimal();
        var start = Day(properties.GetProperty("timePeriod").GetProperty("startDate"));
        var passes = properties.TryGetProperty("filter", out var filter) && filter.ValueKind != JsonValueKind.Null ? CostFilter.Parse(filter) : _ => true;
        var thresholds = properties.TryGetProperty("notifications", out var notifications) && notifications.ValueKind == JsonValueKind.Object
            ? notifications.EnumerateObject().Select(Threshold).OfType<BudgetThreshold>().ToList() : [];
        var problem = properties.GetProperty("category").GetString() != "Cost" ? "The category has to be Cost."
            : amount <= 0 ? "The amount has to be above zero."
            : start.Day != 1 ? "The start date has to be the first of a month."
            : passes is null ? "The filter is none."
            : thresholds.Count > MostThresholds ? $"A budget has {MostThresholds} notifications at most."
            : thresholds.Exists(each => each.Percent is <= 0 or > HighestPercent) ? $"A threshold has to be above 0 and at most {HighestPercent} percent."
            : "";
        return problem.Length > 0 ? (null, problem) : (new BudgetTerms
        {
            Amount = amount,
            TimeGrain = properties.GetProperty("timeGrain").GetString()!,
            Start = start,
            End = properties.GetProperty("timePeriod").TryGetProperty("endDate", out var end) && end.ValueKind == JsonValueKind.String ? Day(end).AddDays(1) : null,
            Passes = passes!,
            Thresholds = thresholds,
        }, "");
    }

    private static BudgetThreshold? Threshold(JsonProperty notification)
    {
        var value = notification.Value;
        _ = value.GetProperty("contactEmails").EnumerateArray();
        return value.GetProperty("enabled").GetBoolean() ? new BudgetThreshold(
            notification.Name, value.GetProperty("threshold").GetDecimal(),
            value.TryGetProperty("thresholdType", out var type) && type.GetString() == "Forecasted",
            value.TryGetProperty("contactGroups", out var groups) ? [.. groups.EnumerateArray().Select(each => each.GetString()!)] : []) : null;
    }

    private static DateOnly Day(JsonElement text) => DateOnly.FromDateTime(
        DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime);
}
