using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Spending;

/// <summary>
/// Which part of the spend is counted as it happens: what could be, by what was billed, as far as it was seen since the bill and is
/// seen now. What a usual day stands for in place of a count is no reason to act, nor to undo.
/// </summary>
/// <example>
/// All of the spend can be counted, the bill is whole through the 8th, and the last look was at midnight of the 10th:
/// <code>
/// 10th 00:30   1      a look may fail
/// 10th 12:00   0      nobody counts now
/// 10th 12:15   0.68   looked at again, with 11.5 of 36.25 hours unseen
/// </code>
/// </example>
internal static class CountedShare
{
    /// <param name="rates">What was billed.</param>
    /// <param name="days">The days that were counted.</param>
    /// <param name="through">The last billed day.</param>
    /// <param name="until">The present, or the end of a period that is over.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Of(BilledRates rates, IReadOnlyList<SpendDay> days, DateOnly through, DateTimeOffset until)
    {
        var priced = BilledRates.PricedOf(days);
        return rates.Shares.Sum(share => share.Value * SeenOf([.. days.Where(day => day.Subscription == share.Key)], priced, SpendDay.StartOf(through.AddDays(1)), until));
    }

    /// <summary>The lesser of what was seen of a subscription since the bill and of what is seen of it now. Before its first look nothing was missed.</summary>
    private static double SeenOf(List<SpendDay> days, IReadOnlyDictionary<string, string> priced, DateTimeOffset billed, DateTimeOffset until)
    {
        var first = days.Min(day => day.From);
        var (since, last) = (first > billed ? first : billed, days.MaxBy(day => day.Through)!);
        if (until - last.Through > FastClock.AssumedFor)
        {
            return 0;
        }

        // What a resource without a price is billed is not in the share.
        var seen = days.Where(day => day.Through > since).Sum(day => (day.Through - day.From).TotalHours * CoveredOf([.. day.Rows.Where(row => priced.ContainsKey(row.Resource))]))
            + Math.Max(0, (until - last.Through).TotalHours);
        var rows = last.Rows.Where(row => priced.ContainsKey(row.Resource)).ToList();
        var now = rows.Count == 0 ? 1 : (double)rows.Count(row => IsCounted(row.Last, until)) / rows.Count;
        return until > since ? Math.Min(now, Math.Min(1, seen / (until - since).TotalHours)) : now;
    }

    private static double CoveredOf(IReadOnlyList<ResourceSpend> rows)
    {
        var (covered, uncovered) = (rows.Sum(row => row.Covered.TotalHours), rows.Sum(row => row.Uncovered.TotalHours));
        return covered + uncovered > 0 ? covered / (covered + uncovered) : 1;
    }

    private static bool IsCounted(SpendSighting last, DateTimeOffset until) =>
        last.Instances == 0 || (until - last.At <= FastClock.AssumedFor && last.Price is Prices.PriceReading.Known);
}
