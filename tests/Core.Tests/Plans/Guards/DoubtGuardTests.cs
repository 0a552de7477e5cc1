using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class DoubtGuardTests : GuardTests<DoubtGuard>
{
    private static readonly PlanContext PartialInventory = Some.PlanContext() with { InventoryDoubt = "page 2 failed" };

    private static readonly PlanContext NoTags =
        Some.PlanContext() with { Target = Some.Target(tags: new TargetTags.Unknown("403")) };

    [Fact]
    public void Passes_when_everything_was_read() => Passes(Check(4, 2));

    [Fact]
    public void Nothing_is_lowered_on_an_incomplete_inventory() => Blocks<GuardReason.InventoryIncomplete>(Check(4, 2, PartialInventory));

    [Fact]
    public void Nothing_is_lowered_when_the_tags_are_unknown() => Blocks<GuardReason.TagsUnknown>(Check(4, 2, NoTags));

    [Fact]
    public void Doubt_does_not_hold_back_a_raise()
    {
        Passes(Check(4, 6, PartialInventory));
        Passes(Check(4, 6, NoTags));
    }
}
