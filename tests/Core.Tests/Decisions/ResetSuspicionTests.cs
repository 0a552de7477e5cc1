using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions;

public sealed class ResetSuspicionTests
{
    [Fact]
    public void Three_times_back_to_one_number_is_suspected()
    {
        var owner = ResetSuspicion.Of([Reset(-300, 5), Reset(-200, 5), Reset(-100, 5)], Some.Noon);

        Assert.Equal(OwnerKind.Resetter, owner?.Kind);
        Assert.Contains("it went back to 5 after each of our last 3 changes, at 2026-03-02 10:20 again", owner!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Twice_other_numbers_and_what_is_long_ago_are_not()
    {
        Assert.Null(ResetSuspicion.Of([Reset(-200, 5), Reset(-100, 5)], Some.Noon));
        Assert.Null(ResetSuspicion.Of([Reset(-300, 5), Reset(-200, 6), Reset(-100, 5)], Some.Noon));
        Assert.Null(ResetSuspicion.Of([Reset(-60 * 24 * 8, 5), Reset(-200, 5), Reset(-100, 5)], Some.Noon));
    }

    private static PastReset Reset(double minutes, int to) => new(Some.At(minutes), 9, to);
}
