using System.Runtime.Serialization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.Evaluation;
using NodaTime;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>
/// The days off of an iCalendar file. Only entries for whole days count: what begins at an hour is a meeting, and leaving it
/// out keeps a floor up, which costs money where the opposite would cost customers.
/// </summary>
internal static class HolidayCalendar
{
    public const string Ending = ".ics";

    private const string Cancelled = "CANCELLED";

    /// <summary>Days off are about a hundred a year with all week-ends; a file with more of them means something else.</summary>
    private const int MaximumDays = 5000;

    /// <summary>Each try of a rule and each day it gives takes microseconds; week-ends since 1970 are some 10 000.</summary>
    private const int MaximumWork = 100_000;

    /// <summary>Rules repeat without end; nobody plans floors further ahead.</summary>
    private static readonly DateOnly First = new(2020, 1, 1);

    private static readonly DateOnly Last = new(2050, 12, 31);

    /// <summary>A rule that never comes true, such as 30 February, must not be searched for ever.</summary>
    private static readonly EvaluationOptions Searching = new() { MaxUnmatchedIncrementsLimit = 1000 };

    /// <summary>Null after adding the reason why the file cannot be used.</summary>
    public static IReadOnlySet<LocalDate>? Read(PolicyFile file, PolicyErrors errors)
    {
        if (file.Content.Length > PolicyFile.MaximumBytes)
        {
            errors.Add(1, 1, $"the file is larger than {PolicyFile.MaximumBytes / 1024} KiB; keep only the days off");
            return null;
        }

        try
        {
            var entries = CalendarCollection.Load(Encoding.UTF8.GetString(file.Content.Span))
                .SelectMany(calendar => calendar.Events).Where(IsDayOff).ToList();
            if (entries.Select(HolidayRules.Problem).FirstOrDefault(problem => problem is not null) is { } problem)
            {
                errors.Add(1, 1, problem);
                return null;
            }

            if (Days(entries) is not { } days)
            {
                errors.Add(1, 1, "the rules of the calendar repeat too often to be followed; keep only the days off, or begin the rules later");
                return null;
            }

            if (days.Count is > 0 and <= MaximumDays)
            {
                return days;
            }

            errors.Add(1, 1, days.Count == 0
                ? "the calendar has no entry for a whole day, so it leaves out nothing"
                : $"the calendar has more than {MaximumDays} days; keep only the days off");
        }
        catch (EvaluationLimitExceededException)
        {
            errors.Add(1, 1, "an entry repeats by a rule that never comes true, such as every 30 February");
        }
        catch (Exception exception) when (IsAboutContent(exception))
        {
            errors.Add(1, 1, $"the file is no iCalendar file that can be read: {Quoted.Text(exception.Message)}");
        }

        return null;
    }

    /// <summary>What the reader of iCalendar files throws at content it does not understand.</summary>
    private static bool IsAboutContent(Exception exception) => exception
        is SerializationException or FormatException or ArgumentException or InvalidOperationException or EvaluationException
            or OverflowException or KeyNotFoundException or NullReferenceException or NotSupportedException or IndexOutOfRangeException or InvalidCastException;

    /// <summary>Null when finding them would take too long. What came before the first is gone through and counted as well.</summary>
    private static HashSet<LocalDate>? Days(IReadOnlyList<CalendarEvent> entries)
    {
        HashSet<LocalDate> days = [];
        var work = entries.Sum(entry => HolidayRules.Steps(entry, Last));
        if (work > MaximumWork)
        {
            return null;
        }

        foreach (var entry in entries)
        {
            foreach (var occurrence in entry.GetOccurrences(null, Searching).TakeWhile(each => each.Period.StartTime.Date <= Last))
            {
                if (++work > MaximumWork)
                {
                    return null;
                }

                if (occurrence.Period.StartTime.Date < First)
                {
                    continue;
                }

                var end = occurrence.Period.EffectiveEndTime?.Date ?? occurrence.Period.StartTime.Date.AddDays(1);
                for (var day = occurrence.Period.StartTime.Date; day < end && days.Count <= MaximumDays; day = day.AddDays(1))
                {
                    days.Add(LocalDate.FromDateOnly(day));
                }

                if (days.Count > MaximumDays)
                {
                    return days;
                }
            }
        }

        return days;
    }

    private static bool IsDayOff(CalendarEvent entry) =>
        entry.Start is { HasTime: false } && !string.Equals(entry.Status, Cancelled, StringComparison.OrdinalIgnoreCase);
}
