using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Spending;

/// <summary>What is billed a day, of what is counted and of what is not.</summary>
/// <param name="Counted">Median of the last billed days, of resources that the fast clock counts.</param>
/// <param name="Uncounted">The same of all others: disks, traffic, databases; so that one large purchase is not taken for a habit.</param>
/// <param name="Coverage">Part of what was billed that was for resources that are counted, 0 to 1. Credits are left out: they are no spend.</param>
internal sealed record BilledRates(decimal Counted, decimal Uncounted, double Coverage)
{
    /// <summary>Nothing is billed yet.</summary>
    public static BilledRates None { get; } = new(0, 0, 0);

    public static BilledRates Of(IReadOnlyList<SpendDay> days, IReadOnlyList<BilledDay> bill, DateOnly through)
    {
        // A resource whose price is missing is seen, and not counted.
        var priced = days.SelectMany(day => day.Rows).Where(row => row.Amount > 0).Select(row => row.Resource).ToHashSet(StringComparer.Ordinal);
        var rows = bill.Where(row => row.Day <= through && row.Day > through.AddDays(-SpendStatement.RateDays)).ToList();
        if (rows.Count == 0)
        {
            return None;
        }

        var first = rows.Min(row => row.Day);
        var billed = Enumerable.Range(0, through.DayNumber - first.DayNumber + 1).Select(offset => first.AddDays(offset)).ToList();
        var (counted, all) = (rows.Where(row => row.Amount > 0 && priced.Contains(row.Resource)).Sum(row => row.Amount), rows.Where(row => row.Amount > 0).Sum(row => row.Amount));
        return new BilledRates(Median(row => priced.Contains(row.Resource)), Median(row => !priced.Contains(row.Resource)), all > 0 ? (double)(counted / all) : 0);

        decimal Median(Func<BilledDay, bool> isOf) =>
            (decimal)Quantiles.MedianOf([.. billed.Select(day => (double)rows.Where(row => row.Day == day && isOf(row)).Sum(row => row.Amount))]);
    }
}
