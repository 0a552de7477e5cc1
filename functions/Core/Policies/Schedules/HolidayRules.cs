using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>What the rule of an entry may cost to follow, told before it is followed: some rules take minutes, or never end.</summary>
internal static class HolidayRules
{
    private const int DaysOfAYear = 366;

    /// <summary>Why the rules of an entry for whole days cannot be followed; null when they can.</summary>
    public static string? Problem(CalendarEvent entry) =>
        entry.Properties.Any(property => Is(property.Name, "EXRULE"))
            ? "an entry has an EXRULE, which iCalendar no longer knows; list the days it leaves out as EXDATE"
            : Rules(entry).Any(RepeatsWithinADay)
                ? "an entry for whole days repeats within a day; repeat it daily or less often"
                : null;

    /// <summary>How often the rules are tried until a day, at most.</summary>
    public static long Steps(CalendarEvent entry, DateOnly last) => Rules(entry).Sum(rule => Steps(rule, entry.Start!.Date, last));

    private static long Steps(RecurrenceRule rule, DateOnly first, DateOnly last)
    {
        var end = rule.Until?.Date is { } until && until < last ? until : last;
        var days = Math.Max(0, end.DayNumber - first.DayNumber);
        var steps = 1 + (days / (rule.Frequency switch
        {
            FrequencyType.Yearly => DaysOfAYear,
            FrequencyType.Monthly => 28,
            FrequencyType.Weekly => 7,
            _ => 1,
        } * (long)Math.Max(1, rule.Interval)));
        return rule.Count is { } count && !IsFiltered(rule) ? Math.Min(steps, count) : steps;
    }

    private static bool IsFiltered(RecurrenceRule rule) =>
        rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNo.Count + rule.ByMonth.Count + rule.BySetPosition.Count > 0;

    private static bool RepeatsWithinADay(RecurrenceRule rule) =>
        rule.Frequency is not (FrequencyType.Daily or FrequencyType.Weekly or FrequencyType.Monthly or FrequencyType.Yearly)
        || rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0;

    private static IEnumerable<RecurrenceRule> Rules(CalendarEvent entry) => entry.Properties
        .Where(property => Is(property.Name, "RRULE"))
        .SelectMany(property => property.Values ?? [])
        .OfType<RecurrenceRule>();

    private static bool Is(string? name, string wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);
}
