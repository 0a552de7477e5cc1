using NodaTime;
using NodaTime.TimeZones;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Policies.Schedules;

public sealed class ZonedWindowTests
{
    private static readonly IReadOnlyList<IsoDayOfWeek> EveryDay = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    [Theory]
    [InlineData("07:30", "19:00", "2026-01-15T06:29Z", null)]
    [InlineData("07:30", "19:00", "2026-01-15T06:30Z", "2026-01-15T19:00+01:00")]
    [InlineData("07:30", "19:00", "2026-07-15T05:30Z", "2026-07-15T19:00+02:00")]
    [InlineData("07:30", "19:00", "2026-07-15T17:00Z", null)]
    [InlineData("22:00", "06:00", "2026-01-15T03:00Z", "2026-01-15T06:00+01:00")]
    [InlineData("02:30", "05:00", "2026-03-29T00:59Z", null)]
    [InlineData("02:30", "05:00", "2026-03-29T01:00Z", "2026-03-29T05:00+02:00")]
    [InlineData("01:00", "02:30", "2026-03-29T00:30Z", "2026-03-29T03:00+02:00")]
    [InlineData("01:00", "02:30", "2026-03-29T01:00Z", null)]
    [InlineData("02:30", "05:00", "2026-10-25T00:30Z", "2026-10-25T05:00+01:00")]
    [InlineData("01:00", "02:30", "2026-10-25T01:29Z", "2026-10-25T02:30+01:00")]
    [InlineData("01:00", "02:30", "2026-10-25T01:30Z", null)]
    public void Holds_by_the_clock_on_the_wall(string from, string to, string now, string? until)
    {
        var window = new ZonedWindow(new TimeWindow.Weekly(EveryDay, Time(from), Time(to)), Zone("Europe/Zurich"));

        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until), window.ActiveUntil(DateTimeOffset.Parse(now)));
    }

    [Fact]
    public void Tells_the_end_of_windows_that_follow_each_other_as_one()
    {
        var weekdays = new ZonedWindow(new TimeWindow.Weekly([.. EveryDay.Take(5)], LocalTime.Midnight, LocalTime.Midnight), DateTimeZone.Utc);

        Assert.Equal(At("2026-03-07T00:00Z"), weekdays.ActiveUntil(At("2026-03-02T10:00Z")));
        Assert.Null(weekdays.ActiveUntil(At("2026-03-07T00:00Z")));
    }

    [Theory]
    [InlineData("2026-01-15T06:29Z", "2026-01-15T06:30Z")]
    [InlineData("2026-01-15T06:30Z", "2026-01-16T06:30Z")]
    [InlineData("2026-03-28T12:00Z", "2026-03-29T05:30Z")]
    public void Tells_when_it_begins_next(string now, string next) =>
        Assert.Equal(At(next), new ZonedWindow(new TimeWindow.Weekly(EveryDay, Time("07:30"), Time("19:00")), Zone("Europe/Zurich")).NextStart(At(now)));

    [Fact]
    public void Of_one_day_a_week_the_next_is_found() =>
        Assert.Equal(At("2026-01-11T01:00Z"), new ZonedWindow(new TimeWindow.Weekly([IsoDayOfWeek.Sunday], Time("01:00"), Time("05:00")), DateTimeZone.Utc).NextStart(At("2026-01-05T07:01Z")));

    [Fact]
    public void What_was_once_does_not_begin_again()
    {
        var once = new ZonedWindow(new TimeWindow.Once(new LocalDateTime(2026, 1, 15, 8, 0), new LocalDateTime(2026, 1, 15, 9, 0)), DateTimeZone.Utc);

        Assert.Equal(At("2026-01-15T08:00Z"), once.NextStart(At("2026-01-01T00:00Z")));
        Assert.Null(once.NextStart(At("2026-01-15T08:00Z")));
    }

    [Fact]
    public void Leaves_out_the_days_it_is_told_to()
    {
        var window = new ZonedWindow(new TimeWindow.Weekly(EveryDay, Time("22:00"), Time("06:00")), DateTimeZone.Utc) { Except = new HashSet<LocalDate> { new(2026, 12, 25) } };

        Assert.Equal(At("2026-12-25T06:00Z"), window.ActiveUntil(At("2026-12-25T05:00Z")));
        Assert.Null(window.ActiveUntil(At("2026-12-25T23:00Z")));
        Assert.Null(window.ActiveUntil(At("2026-12-26T05:00Z")));
        Assert.NotNull(window.ActiveUntil(At("2026-12-26T22:00Z")));
    }

    [Theory]
    [InlineData("2026-11-26T23:59Z", false)]
    [InlineData("2026-11-27T00:00Z", true)]
    [InlineData("2026-11-30T23:58Z", true)]
    [InlineData("2026-11-30T23:59Z", false)]
    public void Holds_once_between_two_moments(string now, bool isActive) => Assert.Equal(
        isActive,
        new ZonedWindow(new TimeWindow.Once(new(2026, 11, 27, 0, 0), new(2026, 11, 30, 23, 59)), DateTimeZone.Utc).ActiveUntil(At(now)) is not null);

    /// <summary>
    /// Every change of clocks of every zone in two years, with windows that begin or end right there: when the clock on the
    /// wall is inside, the window holds; when it holds though the clock is outside, the clock runs through an hour twice; and
    /// the end it tells is the end.
    /// </summary>
    [Fact]
    public void Holds_at_every_change_of_clocks_of_every_zone()
    {
        var (changes, wrong) = (0, new List<string>());
        foreach (var id in TzdbDateTimeZoneSource.Default.CanonicalIdMap.Values.Distinct())
        {
            var zone = Zone(id);
            foreach (var interval in zone.GetZoneIntervals(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0)).Where(each => each.HasEnd))
            {
                changes++;
                foreach (var (from, to) in WindowsAt(interval.End, zone))
                {
                    wrong.AddRange(Check(new TimeWindow.Weekly(EveryDay, from, to), zone, interval.End));
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(changes > 300, $"{changes} changes of clocks");
    }

    /// <summary>Whatever the clock does, the answer depends on the moment alone: going back in time gives what was then.</summary>
    [Fact]
    public void Invariant_33_a_clock_that_jumps_changes_no_window()
    {
        var window = new ZonedWindow(new TimeWindow.Weekly([IsoDayOfWeek.Monday], Time("07:30"), Time("19:00")), Zone("Europe/Zurich"));
        DateTimeOffset[] moments = [At("2026-03-02T06:30Z"), At("2026-03-02T17:59Z"), At("2031-03-03T12:00Z"), At("2026-03-02T06:30Z"), At("1999-03-01T12:00Z"), At("2026-03-02T06:29Z")];

        Assert.Equal([true, true, true, true, true, false], moments.Select(moment => window.ActiveUntil(moment) is not null));
    }

    private static IEnumerable<(LocalTime From, LocalTime To)> WindowsAt(Instant change, DateTimeZone zone)
    {
        var after = change.InZone(zone).TimeOfDay;
        var before = (change - Duration.Epsilon).InZone(zone).TimeOfDay.PlusNanoseconds(1);
        yield return (before.PlusMinutes(-30), after.PlusMinutes(30) == before.PlusMinutes(-30) ? after.PlusMinutes(31) : after.PlusMinutes(30));
        yield return (after, after.PlusHours(3));
        yield return (before.PlusMinutes(30), before.PlusHours(5));
        yield return (before.PlusHours(-4), before.PlusMinutes(30));
    }

    private static IEnumerable<string> Check(TimeWindow.Weekly window, DateTimeZone zone, Instant change)
    {
        var zoned = new ZonedWindow(window, zone);
        for (var minutes = -180; minutes <= 180; minutes += 10)
        {
            var now = change + Duration.FromMinutes(minutes);
            var until = zoned.ActiveUntil(now.ToDateTimeOffset());
            var isInside = IsInside(window, now.InZone(zone).TimeOfDay);
            var isTwice = IsNearRepeatedTime(now, zone);
            if ((isInside && until is null) || (!isInside && until is not null && !isTwice))
            {
                yield return $"{zone.Id} {window.From}-{window.To} at {now}: inside {isInside}, until {until}";
            }

            if (until is { } end && (end <= now.ToDateTimeOffset() || zoned.ActiveUntil(end.AddTicks(-1)) != end || zoned.ActiveUntil(end) is not null))
            {
                yield return $"{zone.Id} {window.From}-{window.To} at {now}: {end} is no end";
            }
        }
    }

    private static bool IsInside(TimeWindow.Weekly window, LocalTime time) => window.To > window.From
        ? time >= window.From && time < window.To
        : time >= window.From || time < window.To;

    /// <summary>Whether the clock shows this hour twice, or has just done so.</summary>
    private static bool IsNearRepeatedTime(Instant now, DateTimeZone zone)
    {
        var here = zone.GetZoneInterval(now);
        return (here.HasEnd && IsRepeated(here, zone.GetZoneInterval(here.End), now)) || (here.HasStart && IsRepeated(zone.GetZoneInterval(here.Start - Duration.Epsilon), here, now));
    }

    private static bool IsRepeated(ZoneInterval before, ZoneInterval after, Instant now)
    {
        var back = Duration.FromTicks((before.WallOffset - after.WallOffset).Ticks);
        return back > Duration.Zero && now >= before.End - back && now < before.End + back;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    private static LocalTime Time(string text) => LocalTime.FromMinutesSinceMidnight((int)TimeSpan.Parse(text).TotalMinutes);
}
