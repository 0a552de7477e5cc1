using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class PermissionGuardTests : GuardTests<PermissionGuard>
{
    [Theory]
    [InlineData(8), InlineData(2)]
    public void Holds_every_change_that_no_role_allows(int goal)
    {
        var context = Some.PlanContext() with { Preflight = new Preflight { Denied = "Microsoft.Compute/virtualMachineScaleSets/write" } };

        Assert.Equal(
            "the identity that writes has no role that allows Microsoft.Compute/virtualMachineScaleSets/write here",
            ReasonText.Of(Blocks<GuardReason.MayNotWrite>(Check(4, goal, context))));
    }

    [Fact]
    public void Holds_nothing_while_it_is_not_known_what_is_allowed() => Passes(Check(4, 8));
}
