using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Tests.Signals.Traces;

public sealed class TraceTextTests
{
    [Fact]
    public void Lines_are_read_with_their_numbers_and_offsets()
    {
        var points = TraceText.Read("timestamp,value\n\n2026-03-29T01:30:00+01:00, 4\n2026-03-29T03:30:00+02:00,5.5\n", "t.csv", TraceRule.Demand);

        Assert.Equal([new(At(0, 30), 4, 3), new(At(1, 30), 5.5, 4)], points);
    }

    [Fact]
    public void What_was_measured_may_be_missing_or_negative()
    {
        var points = TraceText.Read("2026-03-29T00:00:00Z,-4\n2026-03-29T01:00:00Z,\n2026-03-29T02:00:00Z,NaN\n2026-03-29T03:00:00Z,1", "t.csv", TraceRule.Measured);

        Assert.Equal([new(At(0, 0), -4, 1), new(At(3, 0), 1, 4)], points);
    }

    [Theory]
    [InlineData("2026-03-29T00:00:00Z,1\n2026-03-29T01:00:00Z,\n2026-03-29T01:00:00Z,1", "t.csv:3", "after 2026-03-29T01:00:00Z of line 2")]
    [InlineData("2026-03-29T02:30:00+02:00,1\n2026-03-29T02:15:00+02:00,1", "t.csv:2", "expected a time after")]
    [InlineData("2026-03-29T00:00:00Z,1e999", "t.csv:1", "expected a finite number")]
    [InlineData("2026-03-29T00:00:00Z,1\n2026-03-29T01:00:00Z,-1e308", "t.csv:2: '-1e308'", "between -1e+100 and 1e+100")]
    [InlineData("2026-03-29T00:00:00Z", "t.csv:1", "timestamp,value")]
    [InlineData("2026-03-29T00:00:00Z,", "t.csv:1", "no rows")]
    public void A_broken_line_is_named(string text, params string[] words)
    {
        var message = Assert.Throws<FormatException>(() => TraceText.Read(text, "t.csv", TraceRule.Measured)).Message;

        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_too_small_to_calculate_with_is_nothing() =>
        Assert.Equal([0d, 1e-99], TraceText.Read("2026-03-29T00:00:00Z,-1e-300\n2026-03-29T01:00:00Z,1e-99", "t.csv", TraceRule.Measured).Select(point => point.Value));

    private static DateTimeOffset At(int hour, int minute) => new(2026, 3, 29, hour, minute, 0, TimeSpan.Zero);
}
