using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class HoldGuardTests : GuardTests<HoldGuard>
{
    [Fact]
    public void Holds_the_direction_that_was_taken_back_and_no_other()
    {
        Assert.Equal(
            new GuardReason.TakenBack("ann", "too soon", false, Some.At(10)),
            Assert.IsType<GuardVerdict.Block>(Check(4, 3, Held(ofRaises: false))).Reason);
        Assert.IsType<GuardVerdict.Block>(Check(4, 6, Held(ofRaises: true)));
        Assert.IsType<GuardVerdict.Pass>(Check(4, 6, Held(ofRaises: false)));
        Assert.IsType<GuardVerdict.Pass>(Check(4, 3, Held(ofRaises: true)));
    }

    [Fact]
    public void Ends_by_itself() => Assert.IsType<GuardVerdict.Pass>(Check(4, 3, Held(ofRaises: false) with { Now = Some.At(10) }));

    [Fact]
    public void Leaves_the_way_back_to_the_minimum_open()
    {
        var low = Held(ofRaises: true) with { Horizontal = Some.Horizontal(minimum: 5) };

        Assert.Equal(5, Assert.IsType<GuardVerdict.Limit>(Check(3, 9, low)).Goal);
        Assert.IsType<GuardVerdict.Pass>(Check(3, 5, low));
    }

    private static PlanContext Held(bool ofRaises) => Some.PlanContext() with { Hold = new DirectionHold(ofRaises, 7, "ann", "too soon", Some.At(10)) };
}
