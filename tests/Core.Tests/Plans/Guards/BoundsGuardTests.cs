using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class BoundsGuardTests : GuardTests<BoundsGuard>
{
    private static readonly PlanContext ThreeToTen = Some.PlanContext(horizontal: Some.Horizontal(minimum: 3, maximum: 10));

    private static readonly PlanContext TwoToThirtyAtAzure = Some.PlanContext() with
    {
        Target = Some.Target() with { Least = new PlatformBound(2, "a zone-redundant plan"), Most = new PlatformBound(30, "a plan of size P1v3") },
    };

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
    [InlineData(8, 1, 2)]
    [InlineData(8, 50, 30)]
    public void Ends_at_what_the_platform_allows(int from, int goal, int bound) => LimitsTo(bound, Check(from, goal, TwoToThirtyAtAzure));

    [Theory]
    [InlineData(2, 1, "Azure allows at least 2 instances of a zone-redundant plan")]
    [InlineData(30, 31, "Azure allows at most 30 instances of a plan of size P1v3")]
    public void Blocks_what_the_platform_would_refuse_and_says_so(int from, int goal, string text) =>
        Assert.Equal(text, ReasonText.Of(Blocks<GuardReason.PlatformRefuses>(Check(from, goal, TwoToThirtyAtAzure))));

    [Theory]
    [InlineData(4, 11, 10)]
    [InlineData(4, 2, 3)]
    public void The_bounds_of_the_policy_hold_within_those_of_the_platform(int from, int goal, int bound) =>
        LimitsTo(bound, Check(from, goal, TwoToThirtyAtAzure with { Horizontal = ThreeToTen.Horizontal }));

    [Fact]
    public void Nothing_is_bounded_by_what_nobody_knows() => Passes(Check(2, 90));

    [Theory]
    [InlineData(10, 11)]
    [InlineData(12, 13)]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    public void Blocks_what_leads_away_from_the_bounds(int from, int goal) =>
        Blocks<GuardReason.OutOfBounds>(Check(from, goal, ThreeToTen));
}
