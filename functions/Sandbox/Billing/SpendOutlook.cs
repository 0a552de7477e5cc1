namespace ScaleFunctions.Sandbox.Billing;

/// <summary>
/// What Azure would expect of days to come. Its model is not published; here it is the mean of the last seven days that are whole on
/// the bill, which knows neither weekends nor what changed today.
/// </summary>
internal sealed class SpendOutlook(SimulatedBill bill)
{
    private const int Days = 7;

    /// <summary>Spend of each day of a span as of a time: billed where the bill is whole, else at least what is expected.</summary>
    public IReadOnlyList<(DateOnly Day, decimal Amount, bool IsActual)> Of(
        BillScope scope, DateOnly first, DateOnly last, Func<DayCharge, bool> passes, DateTimeOffset at)
    {
        var whole = DateOnly.FromDateTime((at - bill.Options.AppearsBefore).UtcDateTime).AddDays(-1);
        var begin = whole.AddDays(1 - Days) < first ? whole.AddDays(1 - Days) : first;
        var known = bill.Rows(scope, begin, last, amortized: false, at).Where(row => passes(row.Charge))
            .GroupBy(row => row.Charge.Day).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        var usual = Enumerable.Range(0, Days).Average(back => known.GetValueOrDefault(whole.AddDays(-back)));
        var days = new List<(DateOnly, decimal, bool)>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var billed = known.GetValueOrDefault(day);
            days.Add((day, day <= whole ? billed : Math.Max(billed, usual), day <= whole));
        }

        return days;
    }
}
