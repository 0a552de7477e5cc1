using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class BoundsGuardTests : GuardTests<BoundsGuard>
{
    private static readonly PlanContext ThreeToTen = Some.PlanContext(horizontal: Some.Horizontal(minimum: 3, maximum: 10));

    [Theory]
    [InlineData(4, 10)]
    [InlineData(4, 3)]
    [InlineData(1, 2)]
    [InlineData(20, 15)]
    public void Passes_what_ends_within_the_bounds_or_on_the_way_to_them(int from, int goal) => Passes(Check(from, goal, ThreeToTen));

    [Theory]
    [InlineData(4, 11, 10)]
    [InlineData(4, 2, 3)]
    [InlineData(1, 50, 10)]
    [InlineData(20, 1, 3)]
    public void Ends_at_the_bound(int from, int goal, int bound) => LimitsTo(bound, Check(from, goal, ThreeToTen));

    [Theory]
    [InlineData(10, 11)]
    [InlineData(12, 13)]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    public void Blocks_what_leads_away_from_the_bounds(int from, int goal) =>
        Blocks<GuardReason.OutOfBounds>(Check(from, goal, ThreeToTen));
}
