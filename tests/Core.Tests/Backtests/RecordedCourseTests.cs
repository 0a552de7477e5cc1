using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Signals.Traces;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

/// <summary>What a replay of policies is held against: how the fleet really went.</summary>
public sealed class RecordedCourseTests
{
    [Fact]
    public void Each_number_holds_until_the_next_and_means_are_rounded()
    {
        var course = RecordedCourse.Of([At(0, 3), At(5, 3.5), At(15, 2.2)], Replays.Load(Replays.Constant(2, 20)));

        Assert.Equal([3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 2, 2, 2], course.Serving);
        Assert.Equal(course.Serving, course.Billed);
        Assert.Equal((0, 1, -2), (course.Changes[0], course.Changes[5], course.Changes[15]));
    }

    /// <summary>A recording that begins later than the replay says of the time before it what it says first.</summary>
    [Fact]
    public void Before_the_first_number_it_is_that_one() =>
        Assert.Equal([4, 4, 4, 4, 4, 4], RecordedCourse.Of([At(3, 4)], Replays.Load(Replays.Constant(2, 6))).Serving);

    [Fact]
    public void A_backtest_scores_it_beside_the_policies()
    {
        var setup = Replays.Setup(loadBased: Some.LoadBased([Some.Tracking(60)], [Some.Signal(window: 1)]));
        var load = Replays.Load([.. Replays.Constant(3, 100), .. Replays.Constant(6, 100)]);

        var result = Replays.Run(setup with { Reported = [At(0, 4), At(150, 6)] }, load);

        var row = Assert.Single(result.Rows, row => row.Policy == Backtest.AsItWas);
        Assert.Equal((50, 1, ((150 * 4) + (50 * 6)) / 60d), (row.ShortMinutes, result.Recorded!.Changes.Count(change => change != 0), row.Measures.InstanceHours));
        Assert.Null(Replays.Run(setup, load).Recorded);
        Assert.DoesNotContain(Replays.Run(setup, load).Rows, each => each.Policy == Backtest.AsItWas);
    }

    private static TracePoint At(int minute, double instances) => new(Replays.Start.AddMinutes(minute), instances, minute + 1);
}
