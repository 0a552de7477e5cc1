using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>Reads times: days of the week and hours, one span between two dates, time zones.</summary>
internal static partial class WhenFields
{
    public const string Expected =
        "a time such as 'Mon-Fri 07:30-19:00', 'Sat,Sun', '22:00-06:00', '2026-12-24/2026-12-26' or '2026-11-27T00:00/2026-11-30T23:59'";

    /// <summary>At the ends of the calendar a zone's offset, or the day after the last, leads out of it.</summary>
    public const int FirstYear = 1900;

    public const int LastYear = 2200;

    private static readonly string[] DayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");

    public static TimeWindow? When(this PolicyField field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        if (text.Contains('/', StringComparison.Ordinal))
        {
            return Once(field, text);
        }

        if (Weekly(text) is not { } window)
        {
            field.MustBe(Expected);
            return null;
        }

        return window with { Text = text };
    }

    /// <summary>A date and time by the clock of the zone the policy names.</summary>
    public static LocalDateTime? LocalTime(this PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar scalar && MomentOf(scalar.Text) is { Year: >= FirstYear and <= LastYear } time)
        {
            return time;
        }

        field.MustBe("a date and time such as 2026-11-28T12:00");
        return null;
    }

    public static DateTimeZone? Zone(this PolicyField field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone)
        {
            return zone;
        }

        // Offsets such as +01:00 would be wrong for half the year wherever clocks change.
        var near = DateTimeZoneProviders.Tzdb.Ids.Where(id => text.Length > 1 && id.StartsWith(text[..2], StringComparison.OrdinalIgnoreCase));
        field.Fail($"is {Quoted.Text(text)}, which is no IANA time zone such as Europe/Zurich or UTC{NearName.Hint(text, near)}");
        return null;
    }

    private static TimeWindow.Once? Once(PolicyField field, string text)
    {
        if (Ends(text.Split('/')) is not { } ends)
        {
            field.MustBe(Expected);
            return null;
        }

        if (ends.From.Year < FirstYear || ends.To.Year > LastYear)
        {
            field.Fail($"is {Quoted.Text(text)}, which leads out of the years {FirstYear} to {LastYear}");
            return null;
        }

        var end = ends.To.PlusDays(ends.DaysAfter);
        if (end <= ends.From)
        {
            field.Fail($"ends at {Moment.Format(end)}, which is not after its begin at {Moment.Format(ends.From)}");
            return null;
        }

        return new TimeWindow.Once(ends.From, end) { Text = text };
    }

    /// <summary>Of whole days the last is included: it ends with the first moment of the next.</summary>
    private static (LocalDateTime From, LocalDateTime To, int DaysAfter)? Ends(string[] parts) =>
        parts.Length != 2 ? null
        : MomentOf(parts[0]) is { } from && MomentOf(parts[1]) is { } to ? (from, to, 0)
        : Day.Parse(parts[0]) is { Success: true, Value: var first } && Day.Parse(parts[1]) is { Success: true, Value: var last }
            ? (first.AtMidnight(), last.AtMidnight(), 1)
            : null;

    private static LocalDateTime? MomentOf(string text) => Moment.Parse(text) is { Success: true, Value: var time } ? time : null;

    private static TimeWindow.Weekly? Weekly(string text)
    {
        var match = WeeklyPattern().Match(text);
        if (!match.Success || (match.Groups["days"].Success && match.Groups["from"].Success && !text.Contains(' ', StringComparison.Ordinal)))
        {
            return null;
        }

        var days = match.Groups["days"].Success ? Days(match.Groups["days"].Value) : [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];
        if (!match.Groups["from"].Success)
        {
            return new TimeWindow.Weekly(days, NodaTime.LocalTime.Midnight, NodaTime.LocalTime.Midnight);
        }

        return TimeOf(match.Groups["from"].Value) is { } from && TimeOf(match.Groups["to"].Value) is { } to && from != to
            ? new TimeWindow.Weekly(days, from, to)
            : null;
    }

    private static List<IsoDayOfWeek> Days(string text)
    {
        List<IsoDayOfWeek> days = [];
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var (first, last) = (Array.IndexOf(DayNames, ends[0]), Array.IndexOf(DayNames, ends[^1]));
            for (var day = first; ; day = (day + 1) % DayNames.Length)
            {
                days.Add((IsoDayOfWeek)(day + 1));
                if (day == last)
                {
                    break;
                }
            }
        }

        return [.. days.Distinct().Order()];
    }

    /// <summary>24:00 is the end of the day, which the clock calls 00:00 of the next.</summary>
    private static LocalTime? TimeOf(string text)
    {
        var (hour, minute) = (int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(3, 2), CultureInfo.InvariantCulture));
        return (hour, minute) switch
        {
            (24, 0) => NodaTime.LocalTime.Midnight,
            ( < 24, < 60) => new LocalTime(hour, minute),
            _ => null,
        };
    }

    [GeneratedRegex(@"\A(?<days>(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?(,(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?)*)?( ?(?<from>[0-9]{2}:[0-9]{2})-(?<to>[0-9]{2}:[0-9]{2}))?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WeeklyPattern();
}
