using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Spending;

/// <summary>Forecasts what a period costs at its end: what was spent, and what the days to come will cost.</summary>
/// <remarks>
/// | There is | the days to come cost |
/// | --- | --- |
/// | eight days of counted hours, and a month to come at most | what the forecaster says of each hour, and what is not counted by its median day |
/// | two weeks of whole days | the median of the same weekday of the last four weeks; of two the one nearer to what such days cost |
/// | at least one whole day | the median of weekdays, or of weekends, where three are known, else of all |
/// | none | as much an hour as since the period began |
///
/// Medians forget a few dear days, and are slow to believe what is new. So where days are counted on, what the fast clock counted
/// in the last hours is held against them (<see cref="SpendChange"/>): a runaway goes on until somebody ends it.
///
/// The spread: a day is missed by s = 1.4826 × the median miss of saying "as a week ago" ("as the day before" under two weeks), at
/// least 2 % of a mean day, 15 % under three days. Misses of one day go on into the next, a fifth of their variance is common to
/// all, so that n days are missed by s × √(n (1 + (n − 1) / 5)), and P90 lies 1.2816 of that above P50.
/// </remarks>
public static class MonthEndForecast
{
    private const double Ninety = 1.2816;
    private const double OfNormal = 1.4826;
    private const double Common = 0.2;
    private const double LeastSpread = 0.02;
    private const double UnknownSpread = 0.15;
    private const int Week = 7;

    /// <summary>The median of two is their mean: one dear day would be half of it.</summary>
    private const int FewestOfKind = 3;

    private static readonly TimeSpan MostByHours = TimeSpan.FromDays(31);

    private const int LeastHours = 8 * ResourceSpend.HoursOfDay;

    public static MonthEnd Of(SpendHistory history, SpendPeriod period, DateTimeOffset now)
    {
        var left = SpendDay.StartOf(period.End) - now;
        if (left <= TimeSpan.Zero)
        {
            return new MonthEnd(history.SoFar, history.SoFar, "the period is over");
        }

        var (rest, by) = ByHours(history, now, left) ?? ByDays(history, period, now);
        rest = Math.Max(0, rest);
        var spread = (decimal)(Ninety * Spread(history, rest / left.TotalDays) * Reach(left.TotalDays));
        var p50 = history.SoFar + decimal.Round((decimal)rest, 4);
        return new MonthEnd(p50, p50 + decimal.Round(spread, 4), by);
    }

    private static (double Amount, string By)? ByHours(SpendHistory history, DateTimeOffset now, TimeSpan left)
    {
        if (history.Hours.Count < LeastHours || left > MostByHours)
        {
            return null;
        }

        var hour = TimeSpan.FromHours(1);
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % hour.Ticks), TimeSpan.Zero);
        if (HistoryReader.Read(history.Hours, end, hour) is not HistoryReading.Ready { History: var read } || read.Values.Length < LeastHours)
        {
            return null;
        }

        var steps = (int)Math.Ceiling((now + left - end) / hour);
        var forecast = Forecaster.Fit(read, Calibrator.Learn(read), steps);

        // Of the hour that runs a part is spent already.
        var spent = (now - end) / hour;
        var sum = Enumerable.Range(1, steps).Sum(step => Math.Max(0, forecast.MeanAt(step)) * (step == 1 ? 1 - spent : 1));
        return (sum + ((double)history.UncountedPerDay * left.TotalDays), "the forecaster, by the hour");
    }

    private static (double Amount, string By) ByDays(SpendHistory history, SpendPeriod period, DateTimeOffset now)
    {
        var days = history.Days;
        if (days.Count == 0)
        {
            var elapsed = now - SpendDay.StartOf(period.Start);
            var perDay = elapsed > TimeSpan.Zero ? (double)history.SoFar / elapsed.TotalDays : 0;
            return (perDay * (SpendDay.StartOf(period.End) - now).TotalDays, "the rate since the period began");
        }

        var isWeekly = days.Count >= 2 * Week;
        var more = SpendChange.MorePerDay(history, UsualOf(days, SpendDay.DayOf(now), isWeekly), usual => Spread(history, usual), now);
        var sum = 0d;
        for (var day = SpendDay.DayOf(now); day < period.End; day = day.AddDays(1))
        {
            var start = SpendDay.StartOf(day);
            var part = now <= start ? 1 : 1 - (now - start).TotalDays;
            sum += part * (UsualOf(days, day, isWeekly) + more);
        }

        return (sum, $"{(isWeekly ? "the same weekdays" : "the median of the days")}{(more > 0 ? ", and what is spent above them since lately" : "")}");
    }

    /// <summary>What a day usually costs.</summary>
    private static double UsualOf(IReadOnlyList<DaySpend> days, DateOnly day, bool isWeekly)
    {
        var recent = days.Where(each => each.Day >= days[^1].Day.AddDays(-4 * Week - Week)).ToList();
        var kind = recent.Where(each => IsWeekend(each.Day) == IsWeekend(day)).Select(each => (double)each.Amount).ToArray();
        var usual = Quantiles.MedianOf(kind.Length >= FewestOfKind ? kind : [.. recent.Select(each => (double)each.Amount)]);
        var same = isWeekly ? recent.Where(each => each.Day.DayOfWeek == day.DayOfWeek).TakeLast(4).Select(each => (double)each.Amount).ToArray() : [];
        return same.Length == 0 ? usual : same.Length < FewestOfKind ? same.MinBy(amount => Math.Abs(amount - usual)) : Quantiles.MedianOf(same);
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static double Spread(SpendHistory history, double expectedPerDay)
    {
        var days = history.Days;
        if (days.Count < 3)
        {
            return UnknownSpread * Math.Abs(expectedPerDay);
        }

        var lag = days.Count >= 2 * Week ? Week : 1;
        var byDay = days.ToDictionary(day => day.Day, day => (double)day.Amount);
        var misses = days.Where(day => byDay.ContainsKey(day.Day.AddDays(-lag))).Select(day => Math.Abs((double)day.Amount - byDay[day.Day.AddDays(-lag)])).ToArray();
        return Math.Max(misses.Length == 0 ? UnknownSpread * Math.Abs(expectedPerDay) : OfNormal * Quantiles.MedianOf(misses), LeastSpread * Math.Abs(days.Average(day => (double)day.Amount)));
    }

    /// <summary>By how many times the miss of a day a number of days is missed.</summary>
    private static double Reach(double days) => Math.Sqrt(days * (1 + (Math.Max(0, days - 1) * Common)));
}
