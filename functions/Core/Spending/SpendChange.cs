using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Spending;

/// <summary>
/// Finds a runaway by what the fast clock counted in the last hours, long before days tell it. Only more is believed so fast: what
/// could not be counted looks like less. Six hours prove it; how much it is say those of them since which each was dear, where there
/// are two at least: the others were before it began.
/// </summary>
/// <example>
/// 100 a day, of which 10 are not counted; the six hours before noon usually have a third of what is counted of a day:
/// <code>
/// counted from 06:00 to 12:00    30    30 ÷ ⅓ + 10 = 100 a day   nothing new
///                               120   120 ÷ ⅓ + 10 = 370 a day   270 more a day
///                                36    36 ÷ ⅓ + 10 = 118 a day   within a quarter of 100: noise
///
/// 3.75 an hour, and 15 in the last two: 45 of six hours, usually a quarter of a day, are 190 a day, more than noise.
///     those two alone: (30 − 7.5) ÷ 2 × 24 = 270 a day more
/// </code>
/// </example>
internal static class SpendChange
{
    private const int Window = 6;

    private const int Day = 24;

    /// <summary>One dear hour may be a job that ends.</summary>
    private const int FewestDear = 2;

    /// <summary>Days of which the part that the window has of a day is learned.</summary>
    private const int Days = 14;

    /// <summary>What is less than this share of a usual day is noise.</summary>
    private const double LeastShare = 0.25;

    private const double Deviations = 3;

    /// <summary>What is spent more a day than usual; 0 where that is not sure.</summary>
    /// <param name="history">What was counted by the hour, and what is not counted.</param>
    /// <param name="usual">What a day like this one usually costs.</param>
    /// <param name="spread">By how much such a day is usually missed.</param>
    /// <param name="now">The present.</param>
    public static double MorePerDay(SpendHistory history, double usual, Func<double, double> spread, DateTimeOffset now)
    {
        var hours = history.Hours.GroupBy(point => point.At.UtcTicks).ToDictionary(points => points.Key, points => points.Sum(point => point.Value));
        var end = now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour);
        if (!(More(Window) is { } more && more > Math.Max(LeastShare * Math.Abs(usual), Deviations * spread(usual))))
        {
            return 0;
        }

        var dear = Enumerable.Range(0, Window).TakeWhile(IsDear).Count();
        return dear < FewestDear ? more : Math.Max(more, More(dear) ?? 0);

        // What the last hours say of a day: what they add and what they multiply, of which the lesser counts, for which of both it is nobody knows.
        double? More(int count)
        {
            var parts = Enumerable.Range(1, Days)
                .Select(day => (Part: Sum(end - (day * TimeSpan.TicksPerDay), count), Whole: Sum(end - (day * TimeSpan.TicksPerDay), Day)))
                .Where(each => each is { Part: > 0, Whole: > 0 }).Select(each => each.Part!.Value / each.Whole!.Value).ToArray();
            var times = (parts.Length > 0 ? Sum(end, count) / Quantiles.MedianOf(parts) : Sum(end, Day)) + (double)history.UncountedPerDay - usual;
            var before = Enumerable.Range(0, count).Select(UsualHour).ToArray();
            var added = before.Contains(null) ? null : (Sum(end, count) - before.Sum()) / count * Day;
            return added < times ? added : times;
        }

        bool IsDear(int back) => Sum(end - (back * TimeSpan.TicksPerHour), 1) is { } spent && UsualHour(back) is { } each && spent - each > LeastShare * Math.Max(each, Math.Abs(usual) / Day);

        // Of the hour so many before the last whole one, on the days before.
        double? UsualHour(int back)
        {
            var same = Enumerable.Range(1, Days).Select(day => Sum(end - (back * TimeSpan.TicksPerHour) - (day * TimeSpan.TicksPerDay), 1)).OfType<double>().ToArray();
            return same.Length == 0 ? null : Quantiles.MedianOf(same);
        }

        // What was counted in the hours before; nothing where one of them was not.
        double? Sum(long until, int count)
        {
            var sum = 0d;
            for (var back = 1; back <= count; back++)
            {
                if (!hours.TryGetValue(until - (back * TimeSpan.TicksPerHour), out var value))
                {
                    return null;
                }

                sum += value;
            }

            return sum;
        }
    }
}
