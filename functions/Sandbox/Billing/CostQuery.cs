using System.Globalization;
using System.Text.Json;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What a query or a forecast asks for: learn.microsoft.com/rest/api/cost-management/query/usage, version 2023-11-01.</summary>
internal sealed record CostQuery
{
    /// <summary>Cost Management answers no longer a time at once.</summary>
    private const int MostDays = 366;

    public required DateOnly First { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Last { get; init; }

    public bool IsAmortized { get; init; }

    public bool IsDaily { get; init; }

    /// <summary>Name of the column that the cost stands in.</summary>
    public required string Measure { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public required Func<DayCharge, bool> Passes { get; init; }

    public bool IsInDollars => Measure.EndsWith("USD", StringComparison.Ordinal);

    /// <summary>Months that are asked about, begun ones whole: a unit each.</summary>
    public int Units => Math.Max(1, (int)Math.Ceiling((Last.DayNumber - First.DayNumber + 1) / 31.0));

    /// <summary>Reads it, or says what is wrong.</summary>
    public static (CostQuery? Query, string Problem) Parse(ReadOnlyMemory<byte> body, DateOnly today)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Parse(document.RootElement, today);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, "The body is not the definition of a query.");
        }
    }

    private static (CostQuery? Query, string Problem) Parse(JsonElement root, DateOnly today)
    {
        if (root.GetProperty("type").GetString() is not ("ActualCost" or "AmortizedCost" or "Usage") || Span(root, today) is not { } span)
        {
            return (null, "The type or the timeframe is none.");
        }

        var dataset = root.GetProperty("dataset");
        var measures = dataset.GetProperty("aggregation").EnumerateObject().ToList();
        var groups = dataset.TryGetProperty("grouping", out var grouping) ? grouping.EnumerateArray().ToList() : [];
        if (measures.Count != 1 || measures[0].Value.GetProperty("function").GetString() != "Sum"
            || measures[0].Value.GetProperty("name").GetString() is not ("Cost" or "PreTaxCost" or "CostUSD" or "PreTaxCostUSD"))
        {
            return (null, "The aggregation has to be the sum of Cost, PreTaxCost, CostUSD or PreTaxCostUSD.");
        }

        if (groups.Count > 2 || groups.Exists(each => each.GetProperty("type").GetString() != "Dimension" || CostDimensions.Find(each.GetProperty("name").GetString()!) is null))
        {
            return (null, "The grouping has to be of two dimensions at most that are known.");
        }

        var passes = dataset.TryGetProperty("filter", out var filter) ? CostFilter.Parse(filter) : _ => true;
        return span.Last.DayNumber - span.First.DayNumber >= MostDays || span.Last < span.First ? (null, "The time is longer than a year, or none.")
            : passes is null ? (null, "The filter is none.")
            : (new CostQuery
            {
                First = span.First,
                Last = span.Last,
                IsAmortized = root.GetProperty("type").GetString() == "AmortizedCost",
                IsDaily = dataset.TryGetProperty("granularity", out var grain) && grain.GetString() == "Daily",
                Measure = measures[0].Value.GetProperty("name").GetString()!,
                Groups = [.. groups.Select(each => each.GetProperty("name").GetString()!)],
                Passes = passes,
            }, "");
    }

    private static (DateOnly First, DateOnly Last)? Span(JsonElement root, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return root.GetProperty("timeframe").GetString() switch
        {
            "MonthToDate" or "BillingMonthToDate" => (month, today),
            "TheLastMonth" or "TheLastBillingMonth" => (month.AddMonths(-1), month.AddDays(-1)),
            "WeekToDate" => (today.AddDays(-(int)today.DayOfWeek), today),
            "Custom" when root.TryGetProperty("timePeriod", out var period) && Day(period, "from") is { } from && Day(period, "to") is { } to => (from, to),
            _ => null,
        };
    }

    private static DateOnly? Day(JsonElement period, string name) =>
        DateTimeOffset.TryParse(period.GetProperty(name).GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? DateOnly.FromDateTime(at.UtcDateTime)
            : null;
}
