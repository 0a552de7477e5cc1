using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class MetricRequestTests
{
    private static readonly MetricRequest Request = new([], new MetricSelector { Name = "Percentage CPU" }, Some.At(-60), Some.Noon);

    [Fact]
    public void Minutes_are_asked_for_unless_told_otherwise() => Assert.Equal(Some.Minutes(1), Request.Grain);

    [Theory]
    [InlineData(0)]
    [InlineData(-15)]
    [InlineData(0.5)]
    [InlineData(10)]
    [InlineData(120)]
    public void A_grain_that_Azure_does_not_have_cannot_be_asked_for(double minutes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Request with { Grain = Some.Minutes(minutes) });

    [Fact]
    public void Each_grain_of_Azure_can_be_asked_for() =>
        Assert.All(MetricRequest.Grains, grain => Assert.Equal(grain, (Request with { Grain = grain }).Grain));
}
