using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class RecordedLoadTests
{
    [Fact]
    public void Minutes_lie_linear_between_the_centres_of_the_intervals() => Assert.Equal(
        [10, 10, 10, 12, 14, 16, 18, 20, 16, 12, 8, 4, 0, 0, 0],
        Minutes("timestamp,value\n2026-03-02T00:00:00Z,10\n2026-03-02T00:05:00Z,20\n2026-03-02T00:10:00Z,0\n").Select(value => Math.Round(value, 12)));

    [Fact]
    public void A_recording_of_minutes_stays_as_it_is() =>
        Assert.Equal([3, 1, 4, 1.5], Minutes("2026-03-02T00:00Z,3\n2026-03-02T00:01Z,1\n2026-03-02T00:02Z,4\n2026-03-02T00:03Z,1.5"));

    [Fact]
    public void A_hole_is_bridged() =>
        Assert.Equal([2, 4, 6, 8, 10, 12], Minutes("2026-03-02T00:00Z,2\n2026-03-02T00:01Z,4\n2026-03-02T00:02Z,6\n2026-03-02T00:05Z,12"));

    [Fact]
    public void A_value_that_was_not_measured_is_bridged() =>
        Assert.Equal([2, 4, 6, 8, 10], Minutes("2026-03-02T00:00Z,2\n2026-03-02T00:01Z,NaN\n2026-03-02T00:02Z,6\n2026-03-02T00:03Z,8\n2026-03-02T00:04Z,10"));

    [Fact]
    public void A_single_value_is_told_with_its_line() => Assert.Contains(
        "web.csv:2: ", Assert.Throws<FormatException>(() => Minutes("timestamp,value\n2026-03-02T00:00Z,1")).Message, StringComparison.Ordinal);

    private static double[] Minutes(string text) => RecordedLoad.ToMinutes(TraceText.Read(text, "web.csv", TraceRule.Measured), "web.csv");
}
