using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Spending;

/// <summary>
/// Puts the two clocks together: the bill as far as it is whole, what was counted since, corrected by what bills said of it, and for
/// what is not counted its median day on bills.
/// </summary>
public static class SpendStatement
{
    /// <summary>Bills and counts of so many days are compared, and forecast from.</summary>
    public const int LookBackDays = 35;

    /// <summary>Of so many of the last billed days the medians are taken, and coverage.</summary>
    public const int RateDays = 14;

    /// <summary>A day is counted for the correction only if this much of it was seen; less is looks that failed.</summary>
    private const double NearlyAll = 0.999;

    /// <summary>The days of which a statement needs the bill: those of the period, and those before that it learns from.</summary>
    public static SpendPeriod Needed(SpendPeriod period) => period with { Start = period.Start.AddDays(-LookBackDays) };

    /// <summary>The days it needs as they were counted: those that the bill does not tell, and those that it learns from. Of a year these are few.</summary>
    public static SpendPeriod Counted(SpendPeriod period, BilledReading bill, DateTimeOffset now)
    {
        var untold = bill is BilledReading.Known { Through: { } through } ? Later(through.AddDays(1), period.Start) : period.Start;
        var learned = LearnedFrom(period, now);
        return period with { Start = Later(Needed(period).Start, untold < learned ? untold : learned) };
    }

    /// <summary>What bills said of days before it is old.</summary>
    private static DateOnly LearnedFrom(SpendPeriod period, DateTimeOffset now) =>
        (SpendDay.DayOf(now) is var today && today < period.End ? today : period.End.AddDays(-1)).AddDays(-LookBackDays);

    /// <summary>What a scope has spent.</summary>
    /// <param name="period">The period.</param>
    /// <param name="kept">Counted days of the scope (<see cref="ScopedSpend"/>), in any currencies.</param>
    /// <param name="bill">Of <see cref="Needed"/>.</param>
    /// <param name="now">The present.</param>
    /// <param name="isCorrected">Whether what was counted is told as it will be billed, in place of at list price.</param>
    public static SpendReading Of(
        SpendPeriod period, IReadOnlyList<SpendDay> kept, BilledReading bill, DateTimeOffset now, bool isCorrected = true)
    {
        if (now < SpendDay.StartOf(period.Start))
        {
            return new SpendReading.Missing($"the period begins only on {period.Start:yyyy-MM-dd} (UTC)");
        }

        if (bill is not BilledReading.Known known)
        {
            return new SpendReading.Missing($"the bill could not be read: {((BilledReading.Missing)bill).Why}");
        }

        var currency = known.Currency.Length > 0 ? known.Currency : kept.Select(day => day.Currency).FirstOrDefault() ?? "";
        var days = kept.Where(day => day.Currency == currency && day.Day < period.End).ToList();
        if (currency.Length == 0)
        {
            return new SpendReading.Missing("nothing was billed or counted yet, so that not even the currency is known");
        }

        return days.Count == 0 && kept.Count > 0
            ? new SpendReading.Missing($"it is billed in {currency} and counted in {string.Join(", ", kept.Select(day => day.Currency).Distinct().Order(StringComparer.Ordinal))}: no rate of exchange is known here; set 'currency: {currency}' in CostMonitoring")
            : Know(period, days, known with { Currency = currency }, now, isCorrected);
    }

    private static SpendReading.Known Know(SpendPeriod period, List<SpendDay> days, BilledReading.Known bill, DateTimeOffset now, bool isCorrected)
    {
        var end = SpendDay.StartOf(period.End);
        var until = now < end ? now : end;
        var through = bill.Through is { } last ? last < period.End ? last : period.End.AddDays(-1) : period.Start.AddDays(-1);
        var learned = days.Where(day => day.Day >= LearnedFrom(period, now)).ToList();

        // An empty bill does not say that things are cheap.
        var correction = isCorrected && bill.Through is not null ? BillCorrection.Learn(learned, bill.Days, through) : BillCorrection.None;
        var rates = BilledRates.Of(learned, bill.Days, through);
        var billed = bill.Days.Where(row => row.Day >= period.Start && row.Day <= through).Sum(row => row.Amount);
        var byDay = Billed(period, bill.Days, through, until);
        var (counted, extrapolated) = (0m, 0m);
        var whole = BilledDays(bill, through);
        for (var day = Later(through.AddDays(1), period.Start); day < period.End && SpendDay.StartOf(day) < until; day = day.AddDays(1))
        {
            var (ofDay, uncounted, isKnown) = Since(day, days, correction, rates, until);
            (counted, extrapolated) = (counted + ofDay, extrapolated + uncounted);
            byDay[day.DayNumber - period.Start.DayNumber] += decimal.Round(ofDay + uncounted, 4);
            if (isKnown && SpendDay.StartOf(day.AddDays(1)) <= until)
            {
                whole.Add(new DaySpend(day, ofDay + uncounted));
            }
        }

        var history = new SpendHistory
        {
            Days = [.. whole.OrderBy(day => day.Day)],
            Hours = Hours(learned, correction),
            UncountedPerDay = rates.Uncounted,
            SoFar = billed + counted + extrapolated,
        };
        var monthEnd = MonthEndForecast.Of(history, period, now);
        return new SpendReading.Known
        {
            Currency = bill.Currency,
            Billed = billed,
            BilledThrough = through >= period.Start ? through : null,
            Counted = decimal.Round(counted, 4),
            Extrapolated = decimal.Round(extrapolated, 4),
            Coverage = CountedShare.Of(rates, learned, through, until),
            EndP50 = monthEnd.P50,
            EndP90 = monthEnd.P90,
            EndBy = monthEnd.By,
            ByDay = byDay,
        };
    }

    /// <summary>A place for each day of the period that has begun, with what is billed of it.</summary>
    private static decimal[] Billed(SpendPeriod period, IReadOnlyList<BilledDay> bill, DateOnly through, DateTimeOffset until)
    {
        var byDay = new decimal[Math.Max(0, (int)Math.Ceiling((until - SpendDay.StartOf(period.Start)).TotalDays))];
        foreach (var row in bill.Where(row => row.Day >= period.Start && row.Day <= through))
        {
            // A bill that is ahead of the clock is a day's too.
            var index = Math.Min(row.Day.DayNumber - period.Start.DayNumber, byDay.Length - 1);
            if (index >= 0)
            {
                byDay[index] += row.Amount;
            }
        }

        return byDay;
    }

    /// <summary>What was spent on a day that is not billed yet, or of it so far; nothing is known of one that was neither seen nor is like billed ones.</summary>
    private static (decimal Counted, decimal Extrapolated, bool IsKnown) Since(DateOnly day, List<SpendDay> days, BillCorrection correction, BilledRates rates, DateTimeOffset until)
    {
        var (start, next) = (SpendDay.StartOf(day), SpendDay.StartOf(day.AddDays(1)));
        var elapsed = ((until < next ? until : next) - start).TotalDays;
        var ofDay = days.Where(each => each.Day == day).ToList();
        var counted = ofDay.SelectMany(each => each.Rows).Sum(row => row.Amount * correction.For(row.Resource));
        var seen = Math.Min(elapsed, Seen(ofDay, days.Select(each => each.Subscription).Distinct().Count()));
        return (
            counted, ((decimal)elapsed * rates.Uncounted) + ((decimal)(elapsed - seen) * rates.Counted),
            seen >= NearlyAll * elapsed || rates != BilledRates.None);
    }

    /// <summary>Which part of a day was counted, on the mean of the subscriptions: without what was before the first look, after the last, and uncovered.</summary>
    private static double Seen(List<SpendDay> ofDay, int subscriptions)
    {
        if (subscriptions == 0)
        {
            return 0;
        }

        return ofDay.Sum(day =>
        {
            var (covered, uncovered) = (day.Rows.Sum(row => row.Covered.TotalHours), day.Rows.Sum(row => row.Uncovered.TotalHours));
            return (day.Through - day.From).TotalDays * (covered + uncovered > 0 ? covered / (covered + uncovered) : 1);
        }) / subscriptions;
    }

    private static List<DaySpend> BilledDays(BilledReading.Known bill, DateOnly through)
    {
        var byDay = bill.Days.Where(row => row.Day <= through && row.Day > through.AddDays(-LookBackDays)).GroupBy(row => row.Day).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        if (byDay.Count == 0)
        {
            return [];
        }

        // A day on which nothing was billed cost nothing, and is a day all the same. The first one may have begun at any hour.
        var first = byDay.Keys.Min() is var begun && begun > through.AddDays(1 - LookBackDays) && begun < through ? begun.AddDays(1) : byDay.Keys.Min();
        return [.. Enumerable.Range(0, through.DayNumber - first.DayNumber + 1).Select(offset => first.AddDays(offset)).Select(day => new DaySpend(day, byDay.GetValueOrDefault(day)))];
    }

    /// <summary>What was counted by the hour, of hours that were seen from begin to end.</summary>
    private static List<LoadPoint> Hours(List<SpendDay> days, BillCorrection correction)
    {
        var points = new List<LoadPoint>();
        foreach (var group in days.GroupBy(day => day.Day).OrderBy(group => group.Key))
        {
            var (from, through) = (group.Max(day => day.From), group.Min(day => day.Through));
            var rows = group.SelectMany(day => day.Rows).ToList();
            var (covered, uncovered) = (rows.Sum(row => row.Covered.TotalHours), rows.Sum(row => row.Uncovered.TotalHours));
            if (covered + uncovered > 0 && covered / (covered + uncovered) < NearlyAll)
            {
                continue;
            }

            for (var hour = 0; hour < ResourceSpend.HoursOfDay; hour++)
            {
                var start = SpendDay.StartOf(group.Key).AddHours(hour);
                if (start >= from && start.AddHours(1) <= through)
                {
                    points.Add(new LoadPoint(start, (double)rows.Sum(row => row.Hours[hour] * correction.For(row.Resource))));
                }
            }
        }

        return points;
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
