using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class LoadTraceTests
{
    [Fact]
    public void Minutes_lie_linear_between_the_centres_of_the_intervals()
    {
        var trace = LoadTrace.Parse("timestamp,value\n2026-03-02T00:00:00Z,10\n2026-03-02T00:05:00Z,20\n2026-03-02T00:10:00Z,0\n", "web.csv");

        Assert.Equal(("web", TimeSpan.FromMinutes(5)), (trace.Name, trace.Step));
        Assert.Equal([10, 10, 10, 12, 14, 16, 18, 20, 16, 12, 8, 4, 0, 0, 0], trace.ToMinutes().Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void A_trace_of_minutes_stays_as_it_is() =>
        Assert.Equal([3, 1, 4, 1.5], LoadTrace.Parse("2026-03-02T00:00Z,3\n2026-03-02T00:01Z,1\n2026-03-02T00:02Z,4\n2026-03-02T00:03Z,1.5", "a.csv").ToMinutes());

    [Fact]
    public void A_hole_is_bridged() => Assert.Equal(
        [2, 4, 6, 8, 10, 12],
        LoadTrace.Parse("2026-03-02T00:00Z,2\n2026-03-02T00:01Z,4\n2026-03-02T00:02Z,6\n2026-03-02T00:05Z,12", "a.csv").ToMinutes());

    [Theory]
    [InlineData("2026-03-02T00:00Z,1\n2026-03-02T00:01Z", "a.csv:2: ", "'timestamp,value'")]
    [InlineData("2026-03-02T00:00Z,1\nsoon,2", "a.csv:2: 'soon'", "2026-01-05T00:00:00Z")]
    [InlineData("2026-03-02T00:00Z,1\n2026-03-02T00:01Z,NaN", "a.csv:2: 'NaN'", "finite number")]
    [InlineData("2026-03-02T00:00Z,1\n2026-03-02T00:01Z,much", "a.csv:2: 'much'", "finite number")]
    [InlineData("timestamp,value\n\n2026-03-02T00:01Z,1\n2026-03-02T00:01Z,2", "a.csv:4: ", "a time after 2026-03-02T00:01:00Z")]
    [InlineData("timestamp,value\n2026-03-02T00:00Z,1", "a.csv:2: ", "at least two lines")]
    [InlineData("", "a.csv:1: ", "at least two lines")]
    public void What_is_wrong_is_told_with_its_line(string text, params string[] words)
    {
        var message = Assert.Throws<FormatException>(() => LoadTrace.Parse(text, "a.csv")).Message;

        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }
}
