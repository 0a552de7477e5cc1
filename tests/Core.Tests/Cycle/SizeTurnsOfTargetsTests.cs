using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class SizeTurnsOfTargetsTests
{
    /// <summary>A schedule of five minutes always meets the same minute of five: everybody's turn has to be then.</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 4)]
    [InlineData(5, 5)]
    [InlineData(10, 10)]
    [InlineData(15, 15)]
    public void Each_target_has_its_turn_whatever_the_schedule_of_ticks(int tickMinutes, int everyMinutes)
    {
        var targets = Enumerable.Range(0, 200).Select(number => Some.Id($"web-{number}")).ToList();
        var hour = Enumerable.Range(0, 60 / tickMinutes).Select(tick => Some.At(tick * tickMinutes)).ToList();

        Assert.All(targets, target => Assert.Equal(
            60 / everyMinutes, hour.Count(now => SizeRequests.IsTurn(target, now, TimeSpan.FromMinutes(tickMinutes)))));
    }
}
