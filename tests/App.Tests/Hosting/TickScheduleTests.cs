using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class TickScheduleTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("0 * * * * *", 1)]
    [InlineData("30 * * * * *", 1)]
    [InlineData("*/10 * * * * *", 1)]
    [InlineData("* * * * *", 1)]
    [InlineData("0 */2 * * * *", 2)]
    [InlineData("0 */5 * * * *", 5)]
    [InlineData("0 */7 * * * *", 7)]
    [InlineData("0 0,20 * * * *", 40)]
    [InlineData("0 30 * * * *", 60)]
    [InlineData("00:05:00", 5)]
    [InlineData("00:00:10", 1)]
    public void The_interval_is_the_longest_time_between_two_ticks(string? schedule, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), TickSchedule.IntervalOf(schedule));

    [Theory]
    [InlineData("")]
    [InlineData("every minute")]
    [InlineData("0 * * * * * *")]
    [InlineData("0 61 * * * *")]
    [InlineData("-00:05:00")]
    public void What_is_no_schedule_is_told_with_an_example(string schedule)
    {
        var error = Assert.Throws<UserErrorException>(() => TickSchedule.IntervalOf(schedule)).Message;

        Assert.StartsWith($"the app setting TICK_SCHEDULE is '{schedule}', which is no schedule; expected six fields", error, StringComparison.Ordinal);
        Assert.EndsWith("'0 * * * * *' for each minute", error, StringComparison.Ordinal);
    }

    /// <summary>By day, on weekdays, on the first of the month, on a day that never comes: who ticks so seldom looks after nothing.</summary>
    [Theory]
    [InlineData("0 0 8 * * *")]
    [InlineData("0 * 8-18 * * *")]
    [InlineData("0 * * * * 1-5")]
    [InlineData("0 * * 1 * *")]
    [InlineData("0 0 0 30 2 *")]
    [InlineData("02:00:00")]
    public void Pauses_of_more_than_an_hour_are_told(string schedule) =>
        Assert.Contains("hours between two ticks", Assert.Throws<UserErrorException>(() => TickSchedule.IntervalOf(schedule)).Message, StringComparison.Ordinal);
}
