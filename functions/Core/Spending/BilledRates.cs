using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Spending;

/// <summary>What is billed a day, of what is counted and of what is not.</summary>
/// <param name="Counted">Median of the last billed days, of resources that the fast clock counts.</param>
/// <param name="Uncounted">The same of all others: disks, traffic, databases; so that one large purchase is not taken for a habit.</param>
/// <param name="Shares">
/// Part of what was billed that was for resources that are counted, 0 to 1, by the subscription they are counted in. Credits are left
/// out: they are no spend.
/// </param>
internal sealed record BilledRates(decimal Counted, decimal Uncounted, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>Nothing is billed yet.</summary>
    public static BilledRates None { get; } = new(0, 0, new Dictionary<string, double>());

    public static BilledRates Of(IReadOnlyList<SpendDay> days, IReadOnlyList<BilledDay> bill, DateOnly through)
    {
        // A resource whose price is missing is seen, and not counted.
        var priced = PricedOf(days);
        var rows = bill.Where(row => row.Day <= through && row.Day > through.AddDays(-SpendStatement.RateDays)).ToList();
        if (rows.Count == 0)
        {
            return None;
        }

        var first = rows.Min(row => row.Day);
        var billed = Enumerable.Range(0, through.DayNumber - first.DayNumber + 1).Select(offset => first.AddDays(offset)).ToList();
        var spent = rows.Where(row => row.Amount > 0).ToList();
        var all = spent.Sum(row => row.Amount);
        var shares = spent.Where(row => priced.ContainsKey(row.Resource)).GroupBy(row => priced[row.Resource], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (double)(group.Sum(row => row.Amount) / all), StringComparer.Ordinal);
        return new BilledRates(Median(row => priced.ContainsKey(row.Resource)), Median(row => !priced.ContainsKey(row.Resource)), shares);

        decimal Median(Func<BilledDay, bool> isOf) =>
            (decimal)Quantiles.MedianOf([.. billed.Select(day => (double)rows.Where(row => row.Day == day && isOf(row)).Sum(row => row.Amount))]);
    }

    /// <summary>The resources that were counted at some time, each with its subscription.</summary>
    public static IReadOnlyDictionary<string, string> PricedOf(IReadOnlyList<SpendDay> days)
    {
        var priced = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var day in days)
        {
            foreach (var row in day.Rows.Where(row => row.Amount > 0))
            {
                priced[row.Resource] = day.Subscription;
            }
        }

        return priced;
    }
}
