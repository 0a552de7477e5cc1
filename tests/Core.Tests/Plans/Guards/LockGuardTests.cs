using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class LockGuardTests : GuardTests<LockGuard>
{
    [Theory]
    [InlineData(8), InlineData(2)]
    public void Holds_every_change_of_what_is_locked(int goal)
    {
        var context = Some.PlanContext() with { Preflight = new Preflight { Lock = new ResourceLock("month-end", "/subscriptions/s-1/resourceGroups/shop", LockLevel.ReadOnly) } };

        Assert.Equal(
            "the lock month-end on the resource group shop keeps everybody from changing it",
            ReasonText.Of(Blocks<GuardReason.Locked>(Check(4, goal, context))));
    }

    [Fact]
    public void Holds_nothing_when_no_lock_is_known() => Passes(Check(4, 8));
}
