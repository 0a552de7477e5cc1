using System.Globalization;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Spending;

/// <summary>
/// Holds what is spent an hour against the same hour of the last two weeks: above their median by more than three usual deviations
/// (3 × 1.4826 × median deviation) and more than the policy's band is an anomaly. Bills tell the same a day and a half later.
/// </summary>
/// <remarks>What was counted before and cannot be now may hide an anomaly: what is known may be too much all the same, and is never usual.</remarks>
public static class AnomalyRule
{
    public const int Days = 14;

    /// <summary>Fewer days tell nothing of what is usual.</summary>
    public const int FewestDays = 3;

    private const decimal Deviations = 3 * 1.4826m;

    /// <param name="days">Counted days of a scope in one currency, the present one among them.</param>
    /// <param name="band">The policy's.</param>
    /// <param name="now">The present.</param>
    public static RateJudgment Judge(IReadOnlyList<SpendDay> days, AnomalyBand band, DateTimeOffset now)
    {
        var today = SpendDay.DayOf(now);
        var hour = now.UtcDateTime.Hour;
        var rates = RatesOf(days, now);
        var past = days.Where(day => day.Day < today && day.Day >= today.AddDays(-Days)).GroupBy(day => day.Day)
            .Where(group => group.All(day => day.From <= day.Start.AddHours(hour) && day.Through >= day.Start.AddHours(hour + 1)))
            .Select(group => group.SelectMany(day => day.Rows).GroupBy(row => row.Resource).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Hours[hour])))
            .ToList();
        if (past.Count < FewestDays)
        {
            return new RateJudgment.NotJudged($"this hour was counted on {past.Count} of the last {Days} days; {FewestDays} are needed");
        }

        var usual = Median(past.Select(day => day.Values.Sum()));
        var deviation = Median(past.Select(day => Math.Abs(day.Values.Sum() - usual)));
        var most = usual + Math.Max(Deviations * deviation, Math.Max((decimal)band.Above * usual, band.PerHour));
        if (rates.Values.Sum() <= most && Unknown(days, now) is { } unknown)
        {
            return new RateJudgment.NotJudged(unknown);
        }

        var more = rates.Select(rate => KeyValuePair.Create(rate.Key, rate.Value - Median(past.Select(day => day.GetValueOrDefault(rate.Key)))))
            .Where(each => each.Value > 0).OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).ToList();
        return new RateJudgment.Judged(rates.Values.Sum(), usual, decimal.Round(most, 4), more);
    }

    /// <summary>By resource what it costs an hour, as it was last seen; what was not seen for long, or has no price, is left out.</summary>
    public static IReadOnlyDictionary<string, decimal> RatesOf(IEnumerable<SpendDay> days, DateTimeOffset now) => days
        .Where(day => day.Day == SpendDay.DayOf(now)).SelectMany(day => day.Rows)
        .Where(row => row.Last.Instances > 0 && now - row.Last.At <= FastClock.AssumedFor && row.Last.Price is PriceReading.Known)
        .GroupBy(row => row.Resource)
        .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Last.Instances * ((PriceReading.Known)row.Last.Price).Price.PerHour.Amount));

    /// <summary>Something that was counted lately, and of which nobody knows what it costs now.</summary>
    private static string? Unknown(IReadOnlyList<SpendDay> days, DateTimeOffset now)
    {
        var today = SpendDay.DayOf(now);
        var present = days.Where(day => day.Day == today).ToList();
        var counted = days.Where(day => day.Day >= today.AddDays(-Days)).SelectMany(day => day.Rows).Where(row => row.Amount > 0).Select(row => row.Resource).ToHashSet(StringComparer.Ordinal);
        return days.Where(day => day.Day == today.AddDays(-1) && day.Rows.Any(row => row.Amount > 0)).Select(day => day.Subscription).Except(present.Select(day => day.Subscription)).FirstOrDefault() is { } subscription
            ? $"subscription {subscription} was not counted today"
            : present.SelectMany(day => day.Rows).Where(row => row.Last.Instances > 0 && counted.Contains(row.Resource)).Select(row =>
                now - row.Last.At > FastClock.AssumedFor ? string.Create(CultureInfo.InvariantCulture, $"{row.Resource} was last seen at {row.Last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
                : row.Last.Price is PriceReading.Missing missing ? $"{row.Resource} has no price: {missing.Why}" : null).FirstOrDefault(why => why is not null);
    }

    private static decimal Median(IEnumerable<decimal> values) => (decimal)Quantiles.MedianOf([.. values.Select(value => (double)value)]);
}
