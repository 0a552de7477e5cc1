using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies;
using ScaleFunctions.Fuzzing;

namespace ScaleFunctions.Core.Tests.Fuzz;

/// <summary>When something holds: spans of days and hours, and calendars of days off, whose rules may repeat without end.</summary>
public sealed class ScheduleFuzzTests
{
    private static readonly string[] Times =
    [
        "Mon-Fri 07:30-19:00", "Sat,Sun", "22:00-06:00", "2026-12-24/2026-12-26", "2026-11-27T00:00/2026-11-30T23:59", "Mon 00:00-24:00", "Fri-Mon 23:59-00:00", "Mon,Wed-Fri,Sun 01:00-01:01",
    ];

    private static readonly string[] Zones = ["Europe/Zurich", "UTC", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe", "Etc/GMT+12"];

    private static readonly string[] TimePieces = ["Mon", "Tue-", "-Sun", ",", "/", "24:00", "00:00", "T", "2026-02-30", "0000-00-00", "9999-12-31", "-0001-01-01", "25:61", "mon", "Montag", "W53", "--", "P1D"];

    private static readonly string[] RulePieces =
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "COUNT=999999999", "UNTIL=99991231", "BYDAY=53MO", "BYSETPOS=-366", "BYYEARDAY=366,-366", "INTERVAL=2147483648", "WKST=XX",
        "RDATE:20261224,20261225", "EXDATE;VALUE=DATE:20261224\r\n", "DURATION:P1000000D\r\n", "DTSTART;VALUE=DATE:00010101\r\n", "DTEND;VALUE=DATE:99991231\r\n", "TZID=Nowhere", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n",
        "END:VCALENDAR\r\n", "RRULE:FREQ=DAILY\r\n", "STATUS:CANCELLED\r\n", ";", ":", "\r\n ", "RECURRENCE-ID:20261225\r\n", "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12", "FREQ=HOURLY",
    ];

    [Fact]
    public void Times_and_zones_are_read_or_told_what_is_wrong()
    {
        byte[][] valid = [.. from time in Times from zone in Zones select Encoding.UTF8.GetBytes($"{time}|{zone}")];
        FuzzRun.Check("schedules", new HostileInputs(valid, [.. TimePieces, .. Zones]), content =>
        {
            var parts = Encoding.UTF8.GetString(content).Split('|', 2);
            var floor = $"{{ \"when\": {JsonSerializer.Serialize(parts[0])}, \"timeZone\": {JsonSerializer.Serialize(parts[^1])}, \"minimum\": 6 }}";
            var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, $"{PolicyTexts.Horizontal}  floors: [ {floor} ]\n"));
            var hours = policies.HorizontalScaling.Count == 0 ? [] : Enumerable.Range(-2, 200).Select(hour => policies.HorizontalScaling[0].At(Some.Noon.AddHours(hour * 7.3)).Minimum);
            return $"{string.Join('\n', policies.Errors)} {string.Join(',', hours)}";
        });
    }

    [Fact]
    public void Calendars_are_read_or_told_what_is_wrong()
    {
        byte[][] valid =
        [
            Calendar("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas\r\n"),
            Calendar("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1\r\nSUMMARY:New Year\r\n"),
            Calendar("DTSTART;VALUE=DATE:20200104\r\nRRULE:FREQ=WEEKLY;BYDAY=SA,SU;COUNT=100\r\nEXDATE;VALUE=DATE:20200111\r\n"),
            Calendar("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20301231\r\nDURATION:P2D\r\n"),
            Calendar("DTSTART;TZID=Europe/Zurich:20261225T080000\r\nDTEND;TZID=Europe/Zurich:20261225T090000\r\n"),
        ];
        FuzzRun.Check("calendars", new HostileInputs(valid, RulePieces), content =>
        {
            var policies = PolicyReader.Read([
                new PolicyFile("p.yml", Encoding.UTF8.GetBytes(PolicyTexts.Join(
                    PolicyTexts.Workload, $"{PolicyTexts.Horizontal}  floors: [ {{ when: \"Mon-Sun 00:00-24:00\", timeZone: UTC, minimum: 6, exceptOn: c.ics }} ]\n"))),
                new PolicyFile("c.ics", content),
            ]);
            var days = policies.HorizontalScaling.Count == 0 ? [] : Enumerable.Range(0, 400).Select(day => policies.HorizontalScaling[0].At(Some.Noon.AddDays(day)).Minimum);
            return $"{string.Join('\n', policies.Errors)} {string.Join(',', days)}";
        });
    }

    private static byte[] Calendar(string lines) => Encoding.UTF8.GetBytes(
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTAMP:20260101T000000Z\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n");
}
