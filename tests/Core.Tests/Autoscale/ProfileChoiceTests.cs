using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Autoscale;
using static ScaleFunctions.Core.Tests.Builders.SomeAutoscale;

namespace ScaleFunctions.Core.Tests.Autoscale;

public sealed class ProfileChoiceTests
{
    private static readonly DateTimeZone Athens = WindowsTimeZones.Find("E. Europe Standard Time")!;
    private static readonly DateTimeZone Seattle = WindowsTimeZones.Find("Pacific Standard Time")!;

    /// <summary>The example of "Understand autoscale settings": weekends from 6 to 19, then a copy of the default.</summary>
    private static readonly AutoscaleProfile[] Weekend =
    [
        Weekly("weekend", Athens, new LocalTime(6, 0), IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday),
        Weekly("back", Athens, new LocalTime(19, 0), IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday),
    ];

    [Theory]
    [InlineData("2026-01-10T03:59:00Z", "back")]
    [InlineData("2026-01-10T04:00:00Z", "weekend")]
    [InlineData("2026-01-10T16:59:00Z", "weekend")]
    [InlineData("2026-01-10T17:00:00Z", "back")]
    [InlineData("2026-01-14T12:00:00Z", "back")]
    [InlineData("2026-07-11T03:00:00Z", "weekend")]
    public void A_recurrence_begins_by_the_clock_of_its_zone_and_ends_where_the_next_begins(string at, string name) =>
        Assert.Equal(name, At(Weekend, at));

    [Fact]
    public void A_recurrence_alone_goes_on_until_it_begins_again() =>
        Assert.Equal("weekend", At([Profile(), Weekend[0]], "2026-01-14T12:00:00Z"));

    [Fact]
    public void A_fixed_date_goes_before_recurrences_and_those_before_the_default()
    {
        var day = Fixed("day", Seattle, new LocalDateTime(2026, 1, 10, 0, 0), new LocalDateTime(2026, 1, 10, 23, 59));

        Assert.Equal("weekend", At([Profile(), .. Weekend, day], "2026-01-10T07:59:00Z"));
        Assert.Equal("day", At([Profile(), .. Weekend, day], "2026-01-10T08:00:00Z"));
        Assert.Equal("day", At([Profile(), .. Weekend, day], "2026-01-11T07:58:00Z"));
        Assert.Equal("weekend", At([Profile(), .. Weekend, day], "2026-01-11T07:59:00Z"));
        Assert.Equal("default", At([Profile(), day], "2026-01-11T07:59:00Z"));
    }

    [Fact]
    public void Of_two_fixed_dates_the_first_in_the_list_counts()
    {
        var (from, to) = (new LocalDateTime(2026, 1, 10, 0, 0), new LocalDateTime(2026, 1, 11, 0, 0));

        Assert.Equal("b", At([Fixed("b", DateTimeZone.Utc, from, to), Fixed("a", DateTimeZone.Utc, from, to)], "2026-01-10T12:00:00Z"));
    }

    [Fact]
    public void Without_a_default_no_profile_may_hold() =>
        Assert.Null(ProfileChoice.At([Fixed("a", DateTimeZone.Utc, new LocalDateTime(2026, 1, 1, 0, 0), new LocalDateTime(2026, 1, 2, 0, 0))], Time("2026-01-10T12:00:00Z")));

    [Theory]
    [InlineData("2026-01-10T03:40:00Z", "2026-01-10T04:00:00Z")]
    [InlineData("2026-01-10T03:20:00Z", null)]
    [InlineData("2026-01-10T04:00:00Z", null)]
    [InlineData("2026-01-10T16:59:59Z", "2026-01-10T17:00:00Z")]
    [InlineData("2026-01-10T21:40:00Z", "2026-01-10T22:00:00Z")]
    [InlineData("2026-01-10T22:20:30Z", "2026-01-10T22:45:30Z")]
    public void The_next_change_is_where_another_profile_begins_to_hold(string at, string? change)
    {
        var night = Fixed("night", Athens, new LocalDateTime(2026, 1, 11, 0, 0), new LocalDateTime(2026, 1, 11, 0, 45, 30));
        var within = Fixed("within", Athens, new LocalDateTime(2026, 1, 11, 0, 30), new LocalDateTime(2026, 1, 11, 0, 40));
        // A start of the profile that holds already is no change, and neither is a date within another that goes before it.
        AutoscaleProfile[] profiles = [.. Weekend, Weekly("back", Athens, new LocalTime(23, 0), IsoDayOfWeek.Friday), night, within];

        Assert.Equal(change is null ? null : Time(change), ProfileChoice.NextChange(profiles, Time(at), Time(at).AddMinutes(30)));
    }

    [Fact]
    public void A_start_of_the_profile_that_holds_already_is_no_change() =>
        Assert.Null(ProfileChoice.NextChange([Profile(), Weekly("day", Athens, new LocalTime(12, 0), IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday)], Time("2026-01-11T09:45:00Z"), Time("2026-01-11T10:15:00Z")));

    /// <summary>Through a year with both changes of the clock, against the last start of all that a calendar holds.</summary>
    [Theory]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Lord Howe Standard Time")]
    [InlineData("UTC")]
    public void The_last_start_is_the_last_that_the_calendar_holds(string zone)
    {
        var clock = WindowsTimeZones.Find(zone)!;
        var starts = new[] { (IsoDayOfWeek.Sunday, 2, 30), (IsoDayOfWeek.Sunday, 3, 0), (IsoDayOfWeek.Sunday, 1, 45), (IsoDayOfWeek.Monday, 0, 0), (IsoDayOfWeek.Friday, 23, 59) }
            .Select(start => new WeeklyStart(start.Item1, new LocalTime(start.Item2, start.Item3))).ToList();
        var all = (from day in Enumerable.Range(-10, 390)
                   let date = new LocalDate(2026, 1, 1).PlusDays(day)
                   from start in starts
                   where start.Day == date.DayOfWeek
                   select clock.AtLeniently(date + start.At).ToInstant()).ToList();
        var recurring = new ProfileTime.Recurring(starts, clock);

        for (var now = Instant.FromUtc(2026, 1, 1, 0, 0); now < Instant.FromUtc(2026, 12, 31, 0, 0); now += Duration.FromMinutes(47))
        {
            Assert.Equal(all.Where(at => at <= now).Max(), recurring.LastStart(now));
        }
    }

    /// <summary>Azure takes a start each minute of the week; a backtest asks each minute of a month which profile holds.</summary>
    [Fact]
    public void As_many_starts_as_a_setting_can_have_cost_little()
    {
        WeeklyStart[] each = [.. from minute in Enumerable.Range(0, 7 * 24 * 60) select new WeeklyStart((IsoDayOfWeek)((minute / 1440) + 1), new LocalTime(minute / 60 % 24, minute % 60))];
        AutoscaleProfile[] profiles = [.. from number in Enumerable.Range(0, 20) select Profile() with { Name = $"p{number}", When = new ProfileTime.Recurring(each, Athens) }];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var minute = 0; minute < 20_000; minute++)
        {
            Assert.NotNull(ProfileChoice.At(profiles, Time("2026-06-01T00:00:00Z").AddMinutes(minute)));
        }

        // It is a fifth of a second; looking at every start took ten minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    private static string At(IReadOnlyList<AutoscaleProfile> profiles, string at) => ProfileChoice.At(profiles, Time(at))!.Name;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static AutoscaleProfile Weekly(string name, DateTimeZone zone, LocalTime at, params IsoDayOfWeek[] days) =>
        Profile() with { Name = name, When = new ProfileTime.Recurring([.. days.Select(day => new WeeklyStart(day, at))], zone) };

    private static AutoscaleProfile Fixed(string name, DateTimeZone zone, LocalDateTime from, LocalDateTime to) =>
        Profile() with { Name = name, When = new ProfileTime.Fixed(from, to, zone) };
}
