using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class QuarantineGuardTests : GuardTests<QuarantineGuard>
{
    internal static readonly TargetQuarantine Quarantine = new(Some.At(-60), "failed in Azure") { Actions = [1, 2, 3, 4, 5] };

    [Fact]
    public void Passes_when_there_is_none() => Passes(Check(4, 6));

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void Holds_every_change_the_way_back_to_the_minimum_too(int goal) => Blocks<GuardReason.Quarantined>(
        Check(4, goal, Some.PlanContext(4, Some.Horizontal(minimum: 6)) with { Quarantine = Quarantine }));

    [Fact]
    public void A_person_who_takes_an_action_back_is_held_too() => Assert.Contains(PlanGuards.OfRollbacks, guard => guard is QuarantineGuard);
}
