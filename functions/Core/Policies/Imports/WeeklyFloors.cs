using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>
/// Makes floors of recurring profiles. A profile holds from each of its starts until the next start of any; a floor is written by
/// the days of the week and the times of day it holds, so what lasts for days becomes one window a day.
/// </summary>
/// <example>
/// Monday 04:00 a minimum of 3, Saturday 00:01 one of 1, the least: the floor of 3 is <c>Mon 04:00-00:00</c>, <c>Tue,Wed,Thu,Fri</c>,
/// and <c>Sat 00:00-00:01</c>.
/// </example>
internal static class WeeklyFloors
{
    private const int DayMinutes = 24 * 60;
    private const int WeekMinutes = 7 * DayMinutes;

    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>When which minimum above the least holds, in the words of a policy.</summary>
    /// <param name="profiles">Recurring profiles of one time zone.</param>
    /// <param name="least">What holds anyway.</param>
    public static IReadOnlyList<(string When, int Minimum)> Of(IReadOnlyList<AutoscaleProfile> profiles, int least)
    {
        var starts = profiles
            .SelectMany(profile => ((ProfileTime.Recurring)profile.When).Starts.Select(start => (Minute: MinuteOf(start), profile.Minimum)))
            .OrderBy(start => start.Minute)
            .ToList();
        var windows = new List<(int Day, int From, int To, int Minimum)>();
        for (var index = 0; index < starts.Count; index++)
        {
            var (begins, minimum) = starts[index];
            var ends = index + 1 < starts.Count ? starts[index + 1].Minute : starts[0].Minute + WeekMinutes;
            if (minimum > least)
            {
                windows.AddRange(ByDay(begins, ends, minimum));
            }
        }

        return
        [
            .. windows
                .GroupBy(window => (window.From, window.To, window.Minimum))
                .Select(group => ($"{string.Join(',', group.Select(window => window.Day).Distinct().Order().Select(day => Days[day]))}{Times(group.Key.From, group.Key.To)}", group.Key.Minimum)),
        ];
    }

    private static IEnumerable<(int Day, int From, int To, int Minimum)> ByDay(int begins, int ends, int minimum)
    {
        for (var at = begins; at < ends;)
        {
            var midnight = ((at / DayMinutes) + 1) * DayMinutes;
            var until = Math.Min(midnight, ends);
            yield return (at / DayMinutes % 7, at % DayMinutes, until == midnight ? DayMinutes : until % DayMinutes, minimum);
            at = until;
        }
    }

    private static string Times(int from, int to) => from == 0 && to == DayMinutes ? "" : $" {Time(from)}-{Time(to % DayMinutes)}";

    private static string Time(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static int MinuteOf(WeeklyStart start) => ((((int)start.Day) - (int)IsoDayOfWeek.Monday) * DayMinutes) + (start.At.Hour * 60) + start.At.Minute;
}
