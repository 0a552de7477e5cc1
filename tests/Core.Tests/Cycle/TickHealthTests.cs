using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class TickHealthTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_new_installation_is_not_well_yet() =>
        Assert.Equal(new TickHealth.NeverTicked(), TickHealth.Of(new FleetRow { LastTickAt = Some.Noon }, Interval, Some.Noon));

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(3.1, false)]
    public void Ticks_have_stopped_when_none_finished_within_three(double minutes, bool isTicking) => Assert.Equal(
        isTicking ? new TickHealth.Ticking() : new TickHealth.Stopped(Some.At(minutes) - Some.Noon),
        TickHealth.Of(new FleetRow { TickFinishedAt = Some.Noon }, Interval, Some.At(minutes)));

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(60 * 24 * 365, false)]
    public void A_tick_that_finished_in_the_time_to_come_proves_nothing(double minutes, bool isTicking) => Assert.Equal(
        isTicking ? new TickHealth.Ticking() : new TickHealth.Ahead(Some.At(minutes) - Some.Noon),
        TickHealth.Of(new FleetRow { TickFinishedAt = Some.At(minutes) }, Interval, Some.Noon));

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Three_ticks_are_counted_by_their_schedule(double minutes, bool isTicking) => Assert.Equal(
        isTicking, TickHealth.Of(new FleetRow { TickFinishedAt = Some.Noon }, TimeSpan.FromMinutes(5), Some.At(minutes)) is TickHealth.Ticking);

    [Fact]
    public void The_kill_switch_stops_writes_and_no_ticks() => Assert.Equal(
        new TickHealth.Ticking(),
        TickHealth.Of(new FleetRow { TickFinishedAt = Some.Noon }.SetKillSwitch(true, "somebody", "a drill", Some.Noon), Interval, Some.At(1)));
}
