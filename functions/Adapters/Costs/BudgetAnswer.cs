using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>Makes a reading of a budget as Consumption shows it.</summary>
internal static class BudgetAnswer
{
    public static BudgetReading Read(JsonElement root, string id, DateTimeOffset now)
    {
        if (Member(root, "properties") is not { } properties || Number(properties, "amount") is not { } amount || amount <= 0)
        {
            return new BudgetReading.Missing($"the budget {id}: its amount is missing, or not above zero");
        }

        if (Period(properties, DateOnly.FromDateTime(now.UtcDateTime)) is not { } period)
        {
            return new BudgetReading.Missing($"the budget {id}: its time grain or its time period is none, or does not hold today");
        }

        var (tags, other) = BudgetFilter.Read(properties);
        var (spent, forecast) = (Member(properties, "currentSpend"), Member(properties, "forecastSpend"));
        var (unit, expected) = (Text(spent, "unit"), Text(forecast, "unit"));
        return unit.Length > 0 && expected.Length > 0 && unit != expected
            ? new BudgetReading.Missing($"the budget {id}: spent is told in {unit}, expected in {expected}")
            : new BudgetReading.Known(amount, (unit.Length > 0 ? unit : expected).ToUpperInvariant(), Number(spent, "amount"), period) { Tags = tags, OtherFilter = other };
    }

    /// <summary>The period that runs. Those of billing months begin on the day the budget does.</summary>
    private static SpendPeriod? Period(JsonElement properties, DateOnly today)
    {
        int? months = Text(properties, "timeGrain") switch
        {
            "Monthly" or "BillingMonth" => 1,
            "Quarterly" or "BillingQuarter" => 3,
            "Annually" or "BillingAnnual" => 12,
            _ => null,
        };
        var time = Member(properties, "timePeriod");
        if (months is not { } length || Day(time, "startDate") is not { } start || today < start || today > (Day(time, "endDate") ?? DateOnly.MaxValue))
        {
            return null;
        }

        var passed = ((today.Year - start.Year) * 12) + today.Month - start.Month;
        passed -= start.AddMonths(passed) > today ? 1 : 0;
        var first = start.AddMonths(passed - (passed % length));
        return new SpendPeriod(first, start.AddMonths(passed - (passed % length) + length));
    }

    private static DateOnly? Day(JsonElement? owner, string name) =>
        DateTimeOffset.TryParse(Text(owner, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? DateOnly.FromDateTime(at.UtcDateTime) : null;

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static decimal? Number(JsonElement? owner, string name) =>
        owner is { } there && there.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;

    private static string Text(JsonElement? owner, string name) =>
        owner is { } there && there.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
