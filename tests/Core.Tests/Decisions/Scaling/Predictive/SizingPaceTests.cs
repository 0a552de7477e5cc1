using ScaleFunctions.Core.Decisions.Scaling.Predictive;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling.Predictive;

public sealed class SizingPaceTests
{
    [Theory]
    [InlineData(10, 12, 12, 12)]
    [InlineData(10, 10, 10, 10)]
    [InlineData(10, 8, 9, 9)]
    [InlineData(10, 8, 10, 10)]
    public void The_swift_goes_up_to_the_wish_and_down_to_the_highest_of_the_hold(int capacity, int wish, int highest, int next) =>
        Assert.Equal(next, SizingPace.Swift.Next(capacity, wish, highest));

    [Theory]
    [InlineData(100, 90, 91, 100)]
    [InlineData(100, 80, 90, 90)]
    [InlineData(5, 4, 4, 4)]
    [InlineData(100, 110, 110, 115)]
    [InlineData(5, 6, 6, 6)]
    public void A_calm_one_gives_back_no_less_than_its_gap_and_goes_up_with_room(int capacity, int wish, int highest, int next) =>
        Assert.Equal(next, new SizingPace(60, LeastGap: 0.1, Headroom: 0.05).Next(capacity, wish, highest));
}
