using System.Globalization;
using NCrontab;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// How often the Functions host begins a tick, by the schedule it reads itself. Health, missed ticks and the life of plans and
/// ledgers are counted in ticks, so they have to know.
/// </summary>
internal static class TickSchedule
{
    /// <summary>The app setting that <c>ScaleTick/function.json</c> names.</summary>
    public const string Setting = "TICK_SCHEDULE";

    /// <summary>A tick is named by its minute: another one within it does nothing.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>What was begun is looked after by ticks, and an operation of Azure may take a quarter of an hour.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Any Monday: a week from it meets every weekday and hour, and the end of a month.</summary>
    private static readonly DateTime Monday = new(2026, 1, 26, 0, 0, 0, DateTimeKind.Utc);

    private static readonly DateTime End = Monday.AddDays(8);

    /// <summary>The longest time between two ticks; a minute when the setting is absent, as the templates have it.</summary>
    /// <param name="schedule">Six fields, seconds first, as the Functions host reads them; five without seconds.</param>
    /// <exception cref="UserErrorException">It is no schedule, or one with longer pauses than an hour.</exception>
    public static TimeSpan IntervalOf(string? schedule)
    {
        if (schedule is null)
        {
            return Shortest;
        }

        // On plans of one's own the host also takes a time span.
        if (TimeSpan.TryParse(schedule, CultureInfo.InvariantCulture, out var always) && always > TimeSpan.Zero)
        {
            return Checked(schedule, always < Shortest ? Shortest : always);
        }

        var ticks = Parse(schedule) ?? throw Wrong(schedule, "which is no schedule");
        var last = ticks.GetNextOccurrence(Monday.AddSeconds(-1), End);
        Checked(schedule, last - Monday);
        var longest = Shortest;
        while (last < End)
        {
            // Within the minute of a tick there is no other.
            var next = ticks.GetNextOccurrence(last.Add(Shortest).AddSeconds(-1), End + (2 * Longest));
            var pause = Checked(schedule, next - last);
            (longest, last) = (pause < longest ? longest : pause, next);
        }

        return longest;
    }

    private static TimeSpan Checked(string schedule, TimeSpan pause) => pause <= Longest
        ? pause
        : throw Wrong(schedule, $"which leaves {pause.TotalHours:0.#} hours between two ticks, and an hour is the most");

    private static CrontabSchedule? Parse(string schedule) => CrontabSchedule.TryParse(
        schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 });

    private static UserErrorException Wrong(string schedule, string why) => new(
        $"the app setting {Setting} is '{schedule}', {why}; expected six fields (second minute hour day month weekday), for instance '0 * * * * *' for each minute");
}
