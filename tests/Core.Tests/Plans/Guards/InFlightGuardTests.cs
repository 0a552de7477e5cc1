using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class InFlightGuardTests : GuardTests<InFlightGuard>
{
    [Fact]
    public void Passes_when_no_action_is_open() => Passes(Check(4, 6));

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void Blocks_while_an_action_is_open(int goal) => Assert.Equal(
        new GuardReason.ActionInFlight(7, 5),
        Blocks<GuardReason.ActionInFlight>(Check(4, goal, Some.PlanContext() with { Open = new OpenAction(7, 5) })));
}
