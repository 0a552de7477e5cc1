using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling;

public sealed class SteppedDecisionTests
{
    private static readonly CapacityRange Range = new(10, 100, [10, 20, 50, 100]);

    [Theory]
    [InlineData(20, 37, 50)]
    [InlineData(50, 12, 20)]
    [InlineData(20, 12, 20)]
    [InlineData(50, 120, 100)]
    [InlineData(15, 12, 15)]
    [InlineData(150, 120, 100)]
    public void Ends_on_a_step_that_carries_what_is_wanted(int current, int wanted, int expected)
    {
        var decision = SteppedDecision.Of(Some.Decision(current, wanted), Range);

        Assert.Equal((expected, wanted), (decision.Desired, decision.Wanted));
        Assert.EndsWith($"the next that is sold is {expected}", ReasonText.Of(decision.Reason), StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_alone_what_is_a_step_or_has_none()
    {
        Assert.Equal(Some.Decision(20, 50), SteppedDecision.Of(Some.Decision(20, 50), Range));
        Assert.Equal(Some.Decision(20, 37), SteppedDecision.Of(Some.Decision(20, 37), null));
        Assert.Equal(Some.Decision(20, 37), SteppedDecision.Of(Some.Decision(20, 37), new CapacityRange(1, 100, [])));
        Assert.Equal(Some.Decision(37, 37), SteppedDecision.Of(Some.Decision(37, 37), Range));
    }
}
