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
}
