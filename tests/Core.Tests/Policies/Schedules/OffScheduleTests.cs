using CsCheck;
using NodaTime;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Policies.Schedules;

public sealed class OffScheduleTests
{
    private static readonly IsoDayOfWeek[] Work = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly HashSet<LocalDate> Christmas = [new(2026, 12, 25)];

    /// <summary>The worked example of the type: Friday 25 December is a day off, Saturday the 26th is worked on.</summary>
    [Theory]
    [InlineData("2026-12-23T12:00+01:00", false, "2026-12-23T07:00+01:00", "2026-12-23T19:00+01:00")]
    [InlineData("2026-12-23T19:00+01:00", true, "2026-12-23T19:00+01:00", "2026-12-24T07:00+01:00")]
    [InlineData("2026-12-24T06:59+01:00", true, "2026-12-23T19:00+01:00", "2026-12-24T07:00+01:00")]
    [InlineData("2026-12-25T12:00+01:00", true, "2026-12-24T19:00+01:00", "2026-12-28T07:00+01:00")]
    public void Tells_since_when_and_until_when(string now, bool isOff, string from, string until) =>
        Assert.Equal(new OffSlot(isOff, At(from), At(until)), Office().At(At(now)));

    [Fact]
    public void A_day_that_is_worked_on_goes_before_one_that_is_off()
    {
        var saturday = new HashSet<LocalDate> { new(2026, 12, 26), new(2026, 12, 25) };
        var schedule = new OffSchedule.InWindows([Window("Europe/Zurich") with { Except = Christmas, Also = saturday }], IsOffWithin: false);

        Assert.False(schedule.At(At("2026-12-26T12:00+01:00")).IsOff);
        Assert.False(schedule.At(At("2026-12-25T12:00+01:00")).IsOff);
        Assert.True(schedule.At(At("2026-12-27T12:00+01:00")).IsOff);
    }

    /// <summary>Both ways to say the same hours agree at every quarter of an hour of a year, in zones with every kind of clock change.</summary>
    [Theory]
    [InlineData("Europe/Zurich")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Africa/Casablanca")]
    [InlineData("America/Santiago")]
    public void Windows_and_edges_agree_all_year(string zone)
    {
        var windows = new OffSchedule.InWindows([Window(zone)], IsOffWithin: false);
        var edges = new OffSchedule.ByEdges(windows.Edges, windows.Zone, windows.Except);
        for (var now = At("2026-01-01T00:00Z"); now < At("2027-01-01T00:00Z"); now += TimeSpan.FromMinutes(75))
        {
            var (one, other) = (windows.At(now), edges.At(now));
            Assert.Equal((one.IsOff, one.Until), (other.IsOff, other.Until));
            Assert.Equal(one.From, other.From);
        }
    }

    /// <summary>In every zone of the world: what was told before an edge is so after it, and it is never off in an hour it should be on.</summary>
    [Fact]
    public void Edges_are_where_the_state_changes_in_every_zone() => Gen.Select(
        Gen.Int[0, DateTimeZoneProviders.Tzdb.Ids.Count - 1], Gen.Int[0, 23], Gen.Int[1, 23], Gen.Int[0, 365 * 24 * 4]).Sample(
        (index, from, hours, quarter) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[DateTimeZoneProviders.Tzdb.Ids[index]];
            var window = new TimeWindow.Weekly(Work, new LocalTime(from, 0), new LocalTime((from + hours) % 24, 0));
            var schedule = new OffSchedule.InWindows([new ZonedWindow(window, zone)], IsOffWithin: false);
            var now = At("2026-01-01T00:00Z").AddMinutes(15 * quarter);
            var slot = schedule.At(now);
            Assert.True(slot.From <= now && now < slot.Until);
            Assert.Equal(slot.IsOff, schedule.At(slot.From!.Value).IsOff);
            Assert.NotEqual(slot.IsOff, schedule.At(slot.From.Value.AddSeconds(-1)).IsOff);
            Assert.NotEqual(slot.IsOff, schedule.At(slot.Until!.Value).IsOff);
            var local = Instant.FromDateTimeOffset(now).InZone(zone);
            if (schedule.Windows[0].ActiveUntil(now) is not null)
            {
                Assert.False(slot.IsOff, $"{local}");
            }
        },
        iter: 300);

    /// <summary>02:30 does not exist on 29 March and comes twice on 25 October: it is on from the first, and off from the second.</summary>
    [Theory]
    [InlineData("2026-03-29T01:00Z", "on=(U,2);off=(U,5)", false)]
    [InlineData("2026-03-29T00:59Z", "on=(U,2);off=(U,5)", true)]
    [InlineData("2026-10-25T00:00Z", "on=(U,2);off=(U,5)", false)]
    [InlineData("2026-10-25T00:30Z", "on=(U,1);off=(U,2)", false)]
    [InlineData("2026-10-25T01:00Z", "on=(U,1);off=(U,2)", true)]
    public void A_change_of_clocks_makes_no_hour_of_work_shorter(string now, string tag, bool isOff)
    {
        var kept = Assert.IsType<OffHoursTag.Kept>(OffHoursTag.Read($"{tag};tz=Europe/Zurich", Office()));

        Assert.Equal(isOff, kept.Schedule.At(At(now)).IsOff);
    }

    /// <summary>A minute before and after each change of clocks and each turn of a month, by the clock of every zone there is.</summary>
    [Fact]
    public void No_edge_is_lost_where_a_month_or_the_clocks_turn_in_any_zone()
    {
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            var schedule = new OffSchedule.InWindows([new ZonedWindow(new TimeWindow.Weekly(Work, new LocalTime(0, 0), new LocalTime(3, 0)), zone)], IsOffWithin: false);
            var turns = zone.GetZoneIntervals(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0)).Skip(1).Select(interval => interval.Start)
                .Concat(Enumerable.Range(1, 12).Select(month => zone.AtStartOfDay(new LocalDate(2026, month, 1)).ToInstant()));
            foreach (var now in turns.SelectMany(turn => new[] { -1, 0, 1 }.Select(minutes => (turn + Duration.FromMinutes(minutes)).ToDateTimeOffset())))
            {
                var slot = schedule.At(now);
                Assert.True(slot.From <= now && now < slot.Until, $"{zone.Id} at {now:u}: {slot}");
                Assert.Equal(schedule.Windows[0].ActiveUntil(now) is null, slot.IsOff);
                Assert.NotEqual(slot.IsOff, schedule.At(slot.Until!.Value).IsOff);
            }
        }
    }

    [Fact]
    public void Where_nothing_puts_it_on_again_no_end_is_told()
    {
        var schedule = new OffSchedule.InWindows(
            [new ZonedWindow(new TimeWindow.Once(new LocalDateTime(2026, 1, 1, 0, 0), new LocalDateTime(2026, 3, 1, 0, 0)), DateTimeZone.Utc)], IsOffWithin: false);

        Assert.Equal(new OffSlot(true, At("2026-03-01T00:00Z"), null), schedule.At(At("2026-03-05T00:00Z")));
        Assert.Equal(new OffSlot(true, null, At("2026-01-01T00:00Z")), schedule.At(At("2025-12-05T00:00Z")));
    }

    internal static OffSchedule.InWindows Office(string zone = "Europe/Zurich") => new([Window(zone) with { Except = Christmas }], IsOffWithin: false);

    private static ZonedWindow Window(string zone) => new(new TimeWindow.Weekly(Work, new LocalTime(7, 0), new LocalTime(19, 0)), DateTimeZoneProviders.Tzdb[zone]);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
