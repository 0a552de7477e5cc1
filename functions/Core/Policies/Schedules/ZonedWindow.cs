using NodaTime;
using NodaTime.TimeZones;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>
/// A time window in its time zone. Where clocks are put forward a time may not exist: a window that begins or ends there does
/// so at the very moment of the change. Where they are put back a time comes twice: a window begins with the first and ends
/// with the second, so that no window is shorter for it.
/// </summary>
/// <example>
/// Europe/Zurich, 2026:
/// <code>
/// window              on                      holds (UTC)
/// 07:30-19:00         any day in winter       06:30 to 18:00
/// 02:30-05:00         29 March, 02 → 03       01:00 to 03:00   02:30 does not exist
/// 01:00-02:30         29 March                00:00 to 01:00
/// 02:30-05:00         25 October, 03 → 02     00:30 to 04:00   begins with the first 02:30
/// 01:00-02:30         25 October              23:00 to 01:30   ends with the second 02:30
/// </code>
/// </example>
public sealed record ZonedWindow(TimeWindow Window, DateTimeZone Zone)
{
    /// <summary>Windows that follow each other without a gap are told as one; further ahead than this nobody asks.</summary>
    private const int DaysAhead = 8;

    /// <summary>A window may end on the next day, and a zone may be a whole day away from another: what holds now began no further away.</summary>
    private const int DaysOff = 2;

    /// <summary>Days on which a weekly window does not begin.</summary>
    public IReadOnlySet<LocalDate> Except { get; init; } = new HashSet<LocalDate>();

    /// <summary>Days on which it begins whatever day of the week they are, those of <see cref="Except"/> included.</summary>
    public IReadOnlySet<LocalDate> Also { get; init; } = new HashSet<LocalDate>();

    /// <summary>When the window that holds now ends, by the clock of its zone; null when none holds.</summary>
    public DateTimeOffset? ActiveUntil(DateTimeOffset now)
    {
        var instant = Instant.FromDateTimeOffset(now);
        Instant? end = null;
        foreach (var span in Around(instant, DaysOff))
        {
            if (span.Start <= instant && instant < span.End)
            {
                end = end is { } known && known > span.End ? known : span.End;
            }
        }

        if (end is null)
        {
            return null;
        }

        // Spans come in the order of their days, but one that begins later may end earlier: around until none leads further.
        for (var isLast = false; !isLast;)
        {
            isLast = true;
            foreach (var span in Around(instant))
            {
                if (span.Start <= end && span.End > end)
                {
                    (end, isLast) = (span.End, false);
                }
            }
        }

        return end.Value.InZone(Zone).ToDateTimeOffset();
    }

    /// <summary>When it begins next, by the clock of its zone; null when it does not within a week.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset now)
    {
        var instant = Instant.FromDateTimeOffset(now);
        var next = Around(instant).Where(span => span.Start > instant).Select(span => (Instant?)span.Start).Min();
        return next?.InZone(Zone).ToDateTimeOffset();
    }

    /// <summary>Whether both hold at some moment, days left out aside. Weekly windows are compared over a week without a change of clocks.</summary>
    public bool Overlaps(ZonedWindow other)
    {
        var week = Window is TimeWindow.Once once ? StartOf(once.From)
            : other.Window is TimeWindow.Once others ? other.StartOf(others.From)
            : Instant.FromUtc(2026, 1, 14, 0, 0);
        var (mine, theirs) = ((this with { Except = NoDays, Also = NoDays }).Around(week).ToList(), (other with { Except = NoDays, Also = NoDays }).Around(week).ToList());
        return mine.Exists(span => theirs.Exists(each => span.Start < each.End && each.Start < span.End));
    }

    private static readonly HashSet<LocalDate> NoDays = [];

    /// <summary>When it holds, of the days from so many before a moment to so many after it. Once is told whenever it is.</summary>
    internal IEnumerable<(Instant Start, Instant End)> Spans(Instant around, int days) => Around(around, days, days);

    private IEnumerable<(Instant Start, Instant End)> Around(Instant now, int daysAhead = DaysAhead, int daysBack = DaysOff)
    {
        switch (Window)
        {
            case TimeWindow.Once once:
                yield return (StartOf(once.From), EndOf(once.To));
                break;
            case TimeWindow.Weekly weekly:
                var clock = Zone.GetZoneInterval(now);
                var today = now.InZone(Zone).Date;
                for (var offset = -daysBack; offset <= daysAhead; offset++)
                {
                    var date = today.PlusDays(offset);
                    if ((weekly.Days.Contains(date.DayOfWeek) && !Except.Contains(date)) || Also.Contains(date))
                    {
                        var endDate = weekly.To > weekly.From ? date : date.PlusDays(1);
                        var (start, end) = (date + weekly.From, endDate + weekly.To);
                        yield return (Unchanged(start, clock) ?? StartOf(start), Unchanged(end, clock) ?? EndOf(end));
                    }
                }

                break;
        }
    }

    /// <summary>
    /// The instant of a local time far from a change of clocks, where there is only one; null near a change. The same as
    /// resolving it, without asking the zone: windows are looked at for every target in every minute.
    /// </summary>
    private static Instant? Unchanged(LocalDateTime local, ZoneInterval clock)
    {
        var instant = local.WithOffset(clock.WallOffset).ToInstant();
        return (!clock.HasStart || instant - clock.Start > FarFromChange) && (!clock.HasEnd || clock.End - instant > FarFromChange)
            ? instant
            : null;
    }

    private static readonly Duration FarFromChange = Duration.FromDays(DaysOff);

    private Instant StartOf(LocalDateTime local) => FirstOf(local, Zone);

    private Instant EndOf(LocalDateTime local) => LastOf(local, Zone);

    /// <summary>The first moment a clock shows a time; where it never does, the moment it is put forward.</summary>
    internal static Instant FirstOf(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Earliest).ToInstant();

    /// <summary>The last such moment, likewise.</summary>
    internal static Instant LastOf(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Latest).ToInstant();

    private static readonly ZoneLocalMappingResolver Earliest =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly ZoneLocalMappingResolver Latest =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);
}
