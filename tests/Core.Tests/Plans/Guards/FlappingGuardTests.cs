using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class FlappingGuardTests : GuardTests<FlappingGuard>
{
    [Fact]
    public void Passes_when_fewer_instances_carry_the_load() => Passes(Check(10, 5, null, new LoadProjection("cpu", 300, 66)));

    [Fact]
    public void Passes_without_signals() => Passes(Check(10, 5));

    /// <summary>
    /// The example of Azure's documentation: 30 instances at 65 %, 20 wanted, scale-out above 70 %. The load of 1,950 fits 28
    /// instances (69.6 %). Azure publishes 27; by the same projection these would be at 72.2 % and scale out again.
    /// </summary>
    [Fact]
    public void Stops_at_the_smallest_count_that_would_not_scale_out_again() =>
        LimitsTo(28, Check(30, 20, null, new LoadProjection("cpu", 30 * 65, 70)));

    [Fact]
    public void The_threshold_itself_does_not_scale_out() => LimitsTo(28, Check(30, 20, null, new LoadProjection("cpu", 28 * 70, 70)));

    [Fact]
    public void All_signals_have_to_fit() =>
        LimitsTo(9, Check(10, 5, null, new LoadProjection("cpu", 300, 66), new LoadProjection("memory", 580, 66)));

    [Fact]
    public void Blocks_when_not_even_one_instance_fewer_would_do() => Assert.Equal(
        new GuardReason.WouldFlap("cpu", 8, 81.25, 66),
        Blocks<GuardReason.WouldFlap>(Check(10, 8, null, new LoadProjection("cpu", 650, 66))));

    [Fact]
    public void Does_not_look_at_a_raise() => Passes(Check(4, 6, null, new LoadProjection("cpu", 9_000, 66)));

    [Fact]
    public void Nothing_carries_a_load() => LimitsTo(1, Check(2, 0, null, new LoadProjection("cpu", 1, 66)));

    [Fact]
    public void Answers_at_once_for_an_absurd_capacity() =>
        LimitsTo(1_000_000_000, Check(int.MaxValue, 1, null, new LoadProjection("cpu", 1e9, 1)));
}
