namespace ScaleFunctions.Core.Signals;

/// <summary>The busiest hour of a day, by the clock of UTC.</summary>
/// <param name="Begin">Time of day.</param>
public sealed record PeakHour(TimeSpan Begin)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>When it next begins.</summary>
    public DateTimeOffset After(DateTimeOffset now)
    {
        var begin = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Begin;
        return begin >= now ? begin : begin + Day;
    }

    /// <summary>The hour of the last day with the highest mean; nothing when too little of that day is known.</summary>
    /// <param name="series">How busy it was.</param>
    /// <param name="grain">Length of each sample.</param>
    /// <param name="end">End of the day, exclusive.</param>
    public static PeakHour? Of(MetricSeries? series, TimeSpan grain, DateTimeOffset end)
    {
        var points = (series as MetricSeries.Received)?.Points.Where(point => point.At >= end - Day && point.At < end && point.Value is { } value && double.IsFinite(value))
            .OrderBy(point => point.At).ToList() ?? [];
        if (points.Count < GuardCourse.RequiredCoverage * (Day / grain))
        {
            return null;
        }

        var (busiest, highest, sum, next) = (points[0].At, double.MinValue, 0d, 0);
        for (var first = 0; first < points.Count && points[first].At <= end - Length; first++)
        {
            for (; next < points.Count && points[next].At < points[first].At + Length; next++)
            {
                sum += points[next].Value!.Value;
            }

            var mean = sum / (next - first);
            (busiest, highest) = mean > highest ? (points[first].At, mean) : (busiest, highest);
            sum -= points[first].Value!.Value;
        }

        return new PeakHour(busiest.UtcDateTime.TimeOfDay);
    }
}
