using System.Globalization;
using CsCheck;
using NodaTime;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class OffHoursTagTests
{
    private static readonly OffSchedule.InWindows Usual = OffScheduleTests.Office();

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData(" ON ")]
    [InlineData("'on'")]
    public void Without_hours_of_its_own_those_of_the_policy_hold(string value) =>
        Assert.Same(Usual, Assert.IsType<OffHoursTag.Kept>(OffHoursTag.Read(value, Usual)).Schedule);

    [Theory]
    [InlineData("off")]
    [InlineData("OFF")]
    [InlineData("\"off\"")]
    public void Off_opts_out(string value) => Assert.IsType<OffHoursTag.OptedOut>(OffHoursTag.Read(value, Usual));

    /// <summary>The example of c7n's documentation: up Monday to Friday 06:00 to 21:00 and Sunday 10:00 to 18:00, by the clock of the Pacific.</summary>
    [Theory]
    [InlineData("2026-01-05T13:59Z", true)]
    [InlineData("2026-01-05T14:00Z", false)]
    [InlineData("2026-01-06T04:59Z", false)]
    [InlineData("2026-01-06T05:00Z", true)]
    [InlineData("2026-01-04T17:59Z", true)]
    [InlineData("2026-01-04T18:00Z", false)]
    [InlineData("2026-01-05T02:00Z", true)]
    [InlineData("2026-01-03T20:00Z", true)]
    public void Hours_of_its_own_are_read_as_c7n_does(string now, bool isOff) => Assert.Equal(
        isOff, Schedule("off=[(M-F,21),(U,18)];on=[(M-F,6),(U,10)];tz=pt").At(At(now)).IsOff);

    [Fact]
    public void What_it_does_not_say_the_policy_says()
    {
        var edges = Schedule("off=(M-F,21)").Edges;

        Assert.Equal(5, edges.Count(edge => edge is { IsOff: false, At.Hour: 7 }));
        Assert.Equal(5, edges.Count(edge => edge is { IsOff: true, At.Hour: 21 }));
        Assert.Equal("Europe/Zurich", Schedule("off=(M-F,21)").Zone.Id);
        Assert.Equal(("Asia/Tokyo", 7), (Schedule("tz=jst").Zone.Id, Schedule("tz=jst").Edges.First(edge => !edge.IsOff).At.Hour));
        Assert.Equal("Europe/Zurich", Schedule("tz=europe/zurich").Zone.Id);
        Assert.Equal("America/New_York", Schedule("on=(m-f,7);tz=EST;").Zone.Id);
    }

    [Fact]
    public void Days_may_go_over_the_end_of_the_week() => Assert.Equal(
        [IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday],
        Schedule("off=(F-M,1);on=(T,1)").Edges.Where(edge => edge.IsOff).Select(edge => edge.Day));

    [Theory]
    [InlineData("off=(M-F,24)")]
    [InlineData("off=(M-F,-1)")]
    [InlineData("off=(M-F)")]
    [InlineData("off=(X,5)")]
    [InlineData("off=(MF,5)")]
    [InlineData("off=(M-F-S,5)")]
    [InlineData("off=(M-F,5.5)")]
    [InlineData("off=(M-F,5);off=(M,3)")]
    [InlineData("off=")]
    [InlineData("tz=")]
    [InlineData("tz=Mars/Olympus")]
    [InlineData("on=off")]
    [InlineData("always")]
    [InlineData(";")]
    [InlineData("off=(M-F,٣)")]
    public void What_cannot_be_read_is_told(string value) => Assert.NotEmpty(Assert.IsType<OffHoursTag.Unreadable>(OffHoursTag.Read(value, Usual)).Why);

    /// <summary>A policy that is on at a date only has no time of a week to take from.</summary>
    [Theory]
    [InlineData("off=(M-F,21)", false)]
    [InlineData("off=(M-F,21);on=(M-F,6)", true)]
    public void What_nothing_ever_puts_on_is_not_put_off(string value, bool isRead)
    {
        var once = new OffSchedule.InWindows([new ZonedWindow(new TimeWindow.Once(new LocalDateTime(2026, 1, 5, 7, 0), new LocalDateTime(2026, 1, 5, 19, 0)), DateTimeZone.Utc)], IsOffWithin: false);

        var read = OffHoursTag.Read(value, once);

        Assert.Equal(isRead, read is OffHoursTag.Kept);
        Assert.Equal(isRead, read is not OffHoursTag.Unreadable { Why: "nothing says when it is on again" });
    }

    [Fact]
    public void Any_text_is_read_without_a_throw() => Gen.OneOf(
        Gen.String[Gen.Char["()[]-,;=onftzMFU0123456789 \"'/\n"], 0, 40], Gen.String).Sample(text => Assert.NotNull(OffHoursTag.Read(text, Usual)), iter: 2_000);

    private static OffSchedule Schedule(string value) => Assert.IsType<OffHoursTag.Kept>(OffHoursTag.Read(value, Usual)).Schedule;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
