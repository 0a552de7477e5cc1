using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class OwnershipGuardTests : GuardTests<OwnershipGuard>
{
    public static TheoryData<OwnerKind> Others { get; } = [.. Enum.GetValues<OwnerKind>().Where(kind => kind != OwnerKind.Nobody)];

    [Fact]
    public void Passes_what_is_nobodys() => Passes(Check(4, 6));

    [Theory]
    [MemberData(nameof(Others))]
    public void Blocks_raises_and_lowerings_of_what_is_anybody_elses(OwnerKind kind)
    {
        var context = Some.PlanContext() with { Target = Some.Target() with { Owner = new CapacityOwner(kind, "somebody", "a sign") } };

        Blocks<GuardReason.OwnedByOther>(Check(4, 6, context));
        Blocks<GuardReason.OwnedByOther>(Check(4, 2, context));
    }

    [Fact]
    public void What_the_past_tells_counts_beside_the_inventory() => Blocks<GuardReason.OwnedByOther>(
        Check(4, 6, Some.PlanContext() with { Owner = new CapacityOwner(OwnerKind.Resetter, "a pipeline", "three times") }));
}
