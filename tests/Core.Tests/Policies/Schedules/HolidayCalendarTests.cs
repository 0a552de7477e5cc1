using System.Text;
using CsCheck;
using NodaTime;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Policies.Schedules;

public sealed class HolidayCalendarTests
{
    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261225", "2026-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", "2026-12-24 2026-12-25 2026-12-26")]
    [InlineData("DTSTART;VALUE=DATE:20261224\nDURATION:P2D", "2026-12-24 2026-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20260801\nRRULE:FREQ=YEARLY;COUNT=3", "2026-08-01 2027-08-01 2028-08-01")]
    [InlineData("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;UNTIL=20330101", "2024-02-29 2028-02-29 2032-02-29")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20270101", "2026-01-01 2028-01-01")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:20260106", "2026-01-01 2026-01-06")]
    [InlineData("DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2", "2026-11-26 2027-11-25")]
    [InlineData("DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=YEARLY;UNTIL=20220601", "2020-01-01 2021-01-01 2022-01-01")]
    [InlineData("DTSTART;VALUE=DATE:20490101\nRRULE:FREQ=YEARLY", "2049-01-01 2050-01-01")]
    public void Takes_whole_days_and_what_repeats(string entry, string days) =>
        Assert.Equal(days.Split(' '), Days(Calendar(entry)).Order().Select(day => day.ToString("uuuu-MM-dd", null)));

    [Theory]
    [InlineData("DTSTART:20261224T120000Z\nDTEND:20261224T180000Z")]
    [InlineData("DTSTART;TZID=Europe/Zurich:20261224T000000\nDTEND;TZID=Europe/Zurich:20261225T000000")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nSTATUS:CANCELLED")]
    [InlineData("DTSTART;VALUE=DATE:20180101")]
    public void Leaves_out_what_has_hours_was_cancelled_or_is_over(string entry) =>
        Assert.Equal(["2026-08-01"], Days(Calendar("DTSTART;VALUE=DATE:20260801", entry)).Select(day => day.ToString("uuuu-MM-dd", null)));

    [Fact]
    public void A_rule_that_never_comes_true_is_an_error_and_no_endless_search() => Assert.Equal(
        ["h.ics:1:1: an entry repeats by a rule that never comes true, such as every 30 February"],
        Errors(Calendar("DTSTART;VALUE=DATE:20260201\nEXDATE;VALUE=DATE:20260201\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")));

    [Theory]
    [InlineData("", "the calendar has no entry for a whole day, so it leaves out nothing")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "the calendar has no entry for a whole day, so it leaves out nothing")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR", "the calendar has more than 5000 days; keep only the days off")]
    public void Says_what_is_wrong(string text, string error) => Assert.Equal([$"h.ics:1:1: {error}"], Errors(text));

    /// <summary>Each of these took from half a minute to for ever.</summary>
    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY", "an entry for whole days repeats within a day; repeat it daily or less often")]
    [InlineData("RRULE:FREQ=MINUTELY;INTERVAL=7", "an entry for whole days repeats within a day; repeat it daily or less often")]
    [InlineData("RRULE:FREQ=HOURLY", "an entry for whole days repeats within a day; repeat it daily or less often")]
    [InlineData("RRULE:FREQ=YEARLY\nRRULE:FREQ=HOURLY", "an entry for whole days repeats within a day; repeat it daily or less often")]
    [InlineData("RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3", "an entry for whole days repeats within a day; repeat it daily or less often")]
    [InlineData("RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY", "an entry has an EXRULE, which iCalendar no longer knows; list the days it leaves out as EXDATE")]
    public void A_rule_that_takes_for_ever_is_refused(string rules, string error) =>
        Assert.Equal([$"h.ics:1:1: {error}"], Errors(Calendar($"DTSTART;VALUE=DATE:20260801\n{rules}")));

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY;UNTIL=20191231", 10)]
    [InlineData("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", 10)]
    [InlineData("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10", 40)]
    public void Rules_that_together_take_too_long_are_refused(string entry, int times) => Assert.Equal(
        ["h.ics:1:1: the rules of the calendar repeat too often to be followed; keep only the days off, or begin the rules later"],
        Errors(Calendar([.. Enumerable.Repeat(entry, times)])));

    [Fact]
    public void Many_short_rules_are_followed() => Assert.Equal(
        200, Days(Calendar([.. Enumerable.Range(0, 100).Select(week => $"DTSTART;VALUE=DATE:{new DateOnly(2026, 1, 1).AddDays(7 * week):yyyyMMdd}\nRRULE:FREQ=DAILY;COUNT=2")])).Count);

    /// <summary>Whatever a file holds, there are days or there is an error, and no exception.</summary>
    [Fact]
    public void Never_throws_for_anything_a_file_contains()
    {
        var good = Calendar(
            "DTSTART;VALUE=DATE:20260801\nRRULE:FREQ=YEARLY;COUNT=30\nEXDATE;VALUE=DATE:20270801", "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
            "DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=9", "DTSTART;VALUE=DATE:20261224\nDURATION:P2D");

        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["\n:;=,-0123456789TZPDRULEBYMONTHX\0é\""], 0, 6]).Sample(
            (at, length, inserted) =>
            {
                var text = string.Concat(good.AsSpan(0, at), inserted, good.AsSpan(Math.Min(good.Length, at + length)));
                var errors = new PolicyErrors("h.ics");
                var days = HolidayCalendar.Read(new PolicyFile("h.ics", Encoding.UTF8.GetBytes(text)), errors);
                return days is null == errors.Count > 0;
            },
            iter: 10_000);
    }

    private static string Calendar(params string[] entries) => "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n"
        + string.Concat(entries.Select((entry, index) => $"BEGIN:VEVENT\nUID:{index}\n{entry}\nEND:VEVENT\n")) + "END:VCALENDAR\n";

    private static IReadOnlySet<LocalDate> Days(string text)
    {
        var errors = new PolicyErrors("h.ics");
        var days = HolidayCalendar.Read(new PolicyFile("h.ics", Encoding.UTF8.GetBytes(text)), errors);

        Assert.Empty(errors.Shown);
        return days!;
    }

    private static List<string> Errors(string text)
    {
        var errors = new PolicyErrors("h.ics");

        Assert.Null(HolidayCalendar.Read(new PolicyFile("h.ics", Encoding.UTF8.GetBytes(text)), errors));
        return [.. errors.Shown.Select(error => error.ToString())];
    }
}
