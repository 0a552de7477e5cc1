using CsCheck;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Load;

public sealed class TraceLoadTests
{
    private static readonly DateTimeOffset Start = SandboxHost.Start;

    [Fact]
    public void Is_linear_between_points_and_scaled_to_the_mean()
    {
        var load = TraceLoad.Parse("timestamp,value\n2026-01-05T00:00:00Z,10\n2026-01-05T00:10:00Z,30\n", "t.csv", meanInstances: 4);

        Assert.Equal([2, 3, 4, 6], new[] { 0, 2.5, 5, 10 }.Select(minutes => load.DemandAt(Start.AddMinutes(minutes))));
        Assert.Equal((Start, Start.AddMinutes(10)), (load.Start, load.End));
        Assert.Equal(new TraceGaps(0, TimeSpan.Zero), load.Gaps);
    }

    [Fact]
    public void The_default_mean_is_twenty_instances() =>
        Assert.Equal(20, TraceLoad.Parse("2026-01-05T00:00:00Z,3\n2026-01-05T00:05:00Z,3", "t.csv").DemandAt(Start));

    [Fact]
    public void Gaps_are_filled_linearly_and_reported()
    {
        var load = TraceLoad.Parse(
            "2026-01-05T00:00:00Z,1\n2026-01-05T00:05:00Z,1\n2026-01-05T00:25:00Z,3\n2026-01-05T00:30:00Z,3\n2026-01-05T00:40:00Z,3", "t.csv", 1);

        Assert.Equal(new TraceGaps(2, TimeSpan.FromMinutes(20)), load.Gaps);
        Assert.Equal(2, load.DemandAt(Start.AddMinutes(15)) / load.DemandAt(Start), 1e-9);
    }

    [Fact]
    public void A_recording_without_a_header_and_with_one_row_is_constant()
    {
        var load = TraceLoad.Parse("2026-01-05T00:00:00Z,7", "t.csv", 3);

        Assert.Equal((3, 3), (load.DemandAt(Start.AddYears(-1)), load.DemandAt(Start.AddYears(1))));
    }

    [Fact]
    public void Outside_the_recording_whole_days_repeat()
    {
        var lines = Enumerable.Range(0, 50).Select(hour => $"{Start.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{hour % 24}");
        var load = TraceLoad.Parse(string.Join('\n', lines), "t.csv");

        Assert.Equal(load.DemandAt(Start.AddHours(7)), load.DemandAt(Start.AddHours((5 * 24) + 7)), 1e-9);
        Assert.Equal(load.DemandAt(Start.AddHours(7)), load.DemandAt(Start.AddHours(7 - 24)), 1e-9);
        Assert.Equal(load.DemandAt(Start.AddHours(7)), load.MovedTo(Start.AddYears(3)).DemandAt(Start.AddYears(3).AddHours(7)), 1e-9);
    }

    [Theory]
    [InlineData("", "t.csv:1: no rows")]
    [InlineData("timestamp,value\n\n", "t.csv:1: no rows")]
    [InlineData("2026-01-05T00:00:00Z,ten", "t.csv:1: 'ten': expected a number")]
    [InlineData("timestamp,value\n2026-01-05T00:00:00Z,1\n2026-01-05T00:05:00Z,", "t.csv:3: '': expected a number")]
    [InlineData("timestamp,value\nyesterday,1", "t.csv:2: 'yesterday': expected an ISO 8601 time")]
    [InlineData("timestamp,value\n2026-13-05T00:00:00Z,1", "t.csv:2: '2026-13-05T00:00:00Z': expected an ISO 8601 time")]
    [InlineData("2026-01-05T00:00:00Z", "t.csv:1: '2026-01-05T00:00:00Z': expected 'timestamp,value'")]
    [InlineData("2026-01-05T00:00:00Z,NaN", "t.csv:1: 'NaN': expected a finite number that is not negative")]
    [InlineData("2026-01-05T00:00:00Z,1e400", "t.csv:1: '1e400': expected a finite number that is not negative")]
    [InlineData("2026-01-05T00:00:00Z,-1", "t.csv:1: '-1': expected a finite number that is not negative")]
    [InlineData("2026-01-05T00:05:00Z,1\n2026-01-05T00:05:00Z,1", "t.csv:2: '2026-01-05T00:05:00Z': expected a time after 2026-01-05T00:05:00Z of line 1")]
    [InlineData("2026-01-05T00:00:00Z,0\n2026-01-05T00:05:00Z,0", "t.csv:1: all values are zero")]
    public void A_wrong_file_is_refused_with_line_and_expectation(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => TraceLoad.Parse(text, "t.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.StartsWith("no/such.csv: the file does not exist", Assert.Throws<FormatException>(() => TraceLoad.Load("no/such.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_directory_is_told_from_a_missing_file() =>
        Assert.StartsWith($"{Path.GetTempPath()}: this is a directory", Assert.Throws<FormatException>(() => TraceLoad.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    [Fact]
    public void Demand_lies_between_its_neighbours_for_every_recording() =>
        Gen.Select(Gen.Double[0, 1000].Array[2, 40], Gen.Double[0, 1]).Sample((values, place) =>
        {
            values[0] += 1;
            var lines = values.Select((value, i) => FormattableString.Invariant($"{Start.AddMinutes(5 * i):yyyy-MM-ddTHH:mm:ssZ},{value:R}"));
            var load = TraceLoad.Parse(string.Join('\n', lines), "t.csv");
            var minute = place * 5 * (values.Length - 1);
            var left = load.DemandAt(Start.AddMinutes(Math.Floor(minute / 5) * 5));
            var right = load.DemandAt(Start.AddMinutes(Math.Min(Math.Ceiling(minute / 5), values.Length - 1) * 5));
            Assert.InRange(load.DemandAt(Start.AddMinutes(minute)), Math.Min(left, right) - 1e-6, Math.Max(left, right) + 1e-6);
        });
}
