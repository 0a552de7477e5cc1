using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>Finds the period that runs.</summary>
public static class BudgetPeriods
{
    /// <summary>By the clock of UTC: at 23:30 of the last day in New York the next month's budget has begun.</summary>
    public static SpendPeriod Of(BudgetPeriod period, DateTimeOffset now)
    {
        var today = Today(now);
        var months = period switch
        {
            BudgetPeriod.Quarter => 3,
            BudgetPeriod.Year => 12,
            _ => 1,
        };
        var start = new DateOnly(today.Year, today.Month - ((today.Month - 1) % months), 1);
        return new SpendPeriod(start, start.AddMonths(months));
    }

    public static bool IsOver(this SpendPeriod period, DateTimeOffset now) => Today(now) >= period.End;

    public static DateTimeOffset EndsAt(this SpendPeriod period) => new(period.End.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
