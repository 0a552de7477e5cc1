using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class PlausibilityGuardTests : GuardTests<PlausibilityGuard>
{
    [Fact]
    public void Passes_when_metrics_and_resource_agree() => Passes(Check(4, 6, Reporting(4)));

    [Fact]
    public void Passes_when_nothing_reports() => Passes(Check(4, 6));

    [Fact]
    public void Passes_up_to_twice_as_many_and_one() => Passes(Check(4, 6, Reporting(9)));

    /// <summary>The disaster of kubernetes/autoscaler#3240: a small wrong number for a set of 200, and a raise computed from it.</summary>
    [Theory]
    [InlineData(-1, 3)]
    [InlineData(0, 1)]
    [InlineData(48, 53)]
    [InlineData(48, 40)]
    public void Does_not_believe_a_capacity_far_below_what_reports(int from, int goal) =>
        Blocks<GuardReason.ImplausibleCapacity>(Check(from, goal, Reporting(200)));

    [Fact]
    public void A_lowering_of_ours_explains_that_more_report_for_a_while() =>
        Passes(Check(4, 6, Reporting(20) with { History = Some.Changes(new PastChange(Some.At(-9), 20, 4)) }));

    [Fact]
    public void A_lowering_of_ours_explains_it_for_ten_minutes_only() => Blocks<GuardReason.ImplausibleCapacity>(
        Check(4, 6, Reporting(20) with { History = Some.Changes(new PastChange(Some.At(-10), 20, 4)) }));

    [Fact]
    public void A_raise_of_ours_does_not_explain_that_more_report() => Blocks<GuardReason.ImplausibleCapacity>(
        Check(3, 5, Reporting(200) with { History = Some.Changes(new PastChange(Some.At(-3), 198, 200)) }));

    /// <summary>Nothing reports, and Azure has just told 0 of a set of 200: kubernetes/autoscaler#9488.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(48, 53)]
    [InlineData(48, 40)]
    public void Does_not_believe_a_sudden_fall_at_first_sight(int from, int goal) =>
        Blocks<GuardReason.UnconfirmedFall>(Check(from, goal, Fallen(200, from, minutes: 0)));

    [Fact]
    public void Believes_a_fall_that_a_second_look_agrees_with() => Passes(Check(0, 2, Fallen(200, 0, minutes: -1)));

    [Fact]
    public void A_fall_of_a_time_to_come_was_noted_by_a_clock_that_was_wrong() => Passes(Check(0, 2, Fallen(200, 0, minutes: 60)));

    [Fact]
    public void Believes_a_fall_by_half_at_once() => Passes(Check(4, 6, Fallen(9, 4, minutes: 0)));

    [Fact]
    public void A_fall_that_is_over_is_none() => Passes(Check(200, 202, Fallen(200, 4, minutes: 0)));

    private static PlanContext Fallen(int from, int to, int minutes) => Some.PlanContext() with { Fall = new CapacityFall(from, to, Some.At(minutes)) };

    private static PlanContext Reporting(double instances) => Some.PlanContext() with { Reporting = instances };
}
