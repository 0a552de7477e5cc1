using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class StopGuardTests : GuardTests<StopGuard>
{
    [Fact]
    public void Passes_when_nobody_stopped_anything() => Passes(Check(4, 6));

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void The_kill_switch_blocks_both_directions(int goal) =>
        Blocks<GuardReason.KillSwitchSet>(Check(4, goal, Stopped(new WriteStop.KillSwitch("ann", "incident", Some.Noon))));

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void A_switch_that_cannot_be_read_counts_as_set(int goal) =>
        Blocks<GuardReason.KillSwitchUnreadable>(Check(4, goal, Stopped(new WriteStop.KillSwitchUnreadable())));

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void A_pause_blocks_both_directions(int goal) =>
        Blocks<GuardReason.Paused>(Check(4, goal, Stopped(new WriteStop.Pause("ann", "release", null))));

    private static PlanContext Stopped(WriteStop stop) => Some.PlanContext() with { Stop = stop };
}
