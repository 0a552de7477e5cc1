using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>Finds the period that runs.</summary>
public static class BudgetPeriods
{
    /// <summary>By the clock of UTC: at 23:30 of the last day in New York the next month's budget has begun.</summary>
    public static SpendPeriod Of(BudgetPeriod period, DateTimeOffset now)
    {
        var month = SpendMonth.Of(now).Start;
        var months = period switch
        {
            BudgetPeriod.Quarter => 3,
            BudgetPeriod.Year => 12,
            _ => 1,
        };
        var start = month.AddMonths(-((month.Month - 1) % months));
        return new SpendPeriod(start, start.AddMonths(months));
    }

    public static bool IsOver(this SpendPeriod period, DateTimeOffset now) => SpendDay.DayOf(now) >= period.End;

    public static DateTimeOffset EndsAt(this SpendPeriod period) => SpendDay.StartOf(period.End);
}
