using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class SpanTextTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("2d", 172_800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d2h3m4s", 93_784)]
    [InlineData("3650d", 315_360_000)]
    public void Reads_what_people_type(string text, int seconds)
    {
        Assert.True(SpanText.TryParse(text, out var span));
        Assert.Equal(TimeSpan.FromSeconds(seconds), span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("5")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1x")]
    [InlineData("1.5h")]
    [InlineData("1m1h")]
    [InlineData("1h1h")]
    [InlineData("1h 30m")]
    [InlineData("1H")]
    [InlineData("3651d")]
    [InlineData("9999999999d")]
    [InlineData("999999999d")]
    [InlineData("٣h")]
    public void Refuses_everything_else(string text) => Assert.False(SpanText.TryParse(text, out _));

    [Theory]
    [InlineData(60, "1 minute")]
    [InlineData(90, "1.5 minutes")]
    [InlineData(7200, "2 hours")]
    [InlineData(172_800, "2 days")]
    public void Describes_a_span_in_the_unit_that_fits(int seconds, string text) =>
        Assert.Equal(text, SpanText.Describe(TimeSpan.FromSeconds(seconds)));
}
