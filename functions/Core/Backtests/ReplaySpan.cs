using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Backtests;

/// <summary>Which part of a recording is replayed, and where scoring begins in it.</summary>
/// <param name="From">The first replayed minute.</param>
/// <param name="Minutes">Replayed minutes.</param>
/// <param name="WarmUpMinutes">Those of them before the first scored one.</param>
public sealed record ReplaySpan(DateTimeOffset From, int Minutes, int WarmUpMinutes)
{
    /// <summary>A recording that spans more is a wrong year in some line rather than a load.</summary>
    public const int LongestDays = 1100;

    /// <summary>Less than this shows nothing of a policy.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(2);

    private const int LongestWarmUpDays = 14;
    private const double ShortShare = 0.25;

    public TimeSpan Scored => TimeSpan.FromMinutes(Minutes - WarmUpMinutes);

    public TimeSpan WarmUp => TimeSpan.FromMinutes(WarmUpMinutes);

    public DateTimeOffset ScoredFrom => From + WarmUp;

    public DateTimeOffset To => From.AddMinutes(Minutes);

    /// <summary>
    /// By default the last days of the recording, at most 28, after the warm-up of the protocol (14 days, or 7 of a shorter
    /// recording). One that is too short for that warms up on its first quarter.
    /// </summary>
    /// <param name="points">The recording.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="from">Where scoring begins; absent: as far back as the days say.</param>
    /// <param name="to">Where it ends; absent: with the recording.</param>
    /// <param name="days">How many days are scored; absent: as above.</param>
    /// <exception cref="FormatException">Nothing of the recording is left to score.</exception>
    public static ReplaySpan Of(IReadOnlyList<TracePoint> points, string file, DateTimeOffset? from = null, DateTimeOffset? to = null, double? days = null)
    {
        var begin = points[0].At;
        var end = begin.AddMinutes(Length(points, file));
        var until = to is { } last ? (last < end ? last : end) : end;
        if (from < begin || from >= end || until <= (from ?? begin))
        {
            throw new FormatException($"{file}: recorded from {Text(begin)} to {Text(end)}; expected a part of that to score");
        }

        var recorded = until - begin;
        var warmUp = recorded.TotalDays >= ScalingProtocol.WarmUpDaysOf(recorded.TotalDays) + 1
            ? TimeSpan.FromDays(ScalingProtocol.WarmUpDaysOf(recorded.TotalDays))
            : ShortShare * recorded;
        var scored = from is { } first ? until - first
            : days is { } wanted ? Smaller(TimeSpan.FromDays(wanted), recorded)
            : Smaller(TimeSpan.FromDays(ScalingProtocol.LongestScoredDays), recorded - warmUp);
        var before = Smaller(TimeSpan.FromDays(LongestWarmUpDays), recorded - scored);
        var start = (int)(recorded - scored - before).TotalMinutes;
        var scoredFrom = (int)(recorded - scored).TotalMinutes;
        var span = new ReplaySpan(begin.AddMinutes(start), (int)recorded.TotalMinutes - start, scoredFrom - start);
        return span.Scored >= Shortest * (1 - ShortShare)
            ? span
            : throw new FormatException(
                $"{file}: {span.Scored.TotalMinutes:0} minutes to score; expected at least {Shortest.TotalHours * (1 - ShortShare):0.#} hours, of a recording of at least {Shortest.TotalHours:0} hours");
    }

    private static int Length(IReadOnlyList<TracePoint> points, string file) => points switch
    {
        [var only] => throw new FormatException($"{file}:{only.Line}: a single value; expected at least two lines 'timestamp,value'"),
        [var first, .., var last] when (last.At - first.At).TotalDays > LongestDays => throw new FormatException(
            $"{file}:{last.Line}: {Text(last.At)} is {(last.At - first.At).TotalDays:0} days after {Text(first.At)} of line {first.Line}; expected at most {LongestDays} days. Is a year wrong?"),
        _ => RecordedLoad.MinutesOf(points),
    };

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Text(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-ddTHH:mmZ}";
}
