using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Tests.Time;

public sealed class SimulatedClockTests
{
    private static readonly DateTimeOffset Start = SandboxHost.Start;

    [Fact]
    public async Task Stands_still_until_it_is_advanced_and_never_goes_back()
    {
        var clock = new SimulatedClock(Start);
        await clock.AdvanceToAsync(Start.AddMinutes(5), SandboxHost.Cancel);
        await clock.AdvanceToAsync(Start.AddMinutes(3), SandboxHost.Cancel);

        Assert.Equal(Start.AddMinutes(5), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(5), clock.GetElapsedTime(Start.Ticks));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public async Task Without_a_limit_nothing_waits(double speed)
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(Start, speed, real);
        await clock.AdvanceToAsync(Start.AddDays(30), SandboxHost.Cancel);
        await clock.SpendAsync(TimeSpan.FromDays(1), SandboxHost.Cancel);

        Assert.Equal(Start.AddDays(31), clock.GetUtcNow());
    }

    [Fact]
    public async Task Advancing_waits_until_the_speed_allows_it()
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(Start, speed: 60, real);
        var advance = clock.AdvanceToAsync(Start.AddMinutes(2), SandboxHost.Cancel).AsTask();
        real.Advance(TimeSpan.FromSeconds(1.999));
        Assert.False(advance.IsCompleted);
        Assert.Equal(Start, clock.GetUtcNow());
        real.Advance(TimeSpan.FromSeconds(0.001));
        await advance;

        Assert.Equal(Start.AddMinutes(2), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_slow_tick_counts_towards_the_wait_but_gives_no_credit()
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(Start, speed: 60, real);
        real.Advance(TimeSpan.FromSeconds(10));
        Assert.True(clock.AdvanceToAsync(Start.AddMinutes(1), SandboxHost.Cancel).AsTask().IsCompletedSuccessfully);
        var next = clock.AdvanceToAsync(Start.AddMinutes(2), SandboxHost.Cancel).AsTask();
        Assert.False(next.IsCompleted);
        real.Advance(TimeSpan.FromSeconds(1));
        await next;
    }

    [Fact]
    public async Task A_wait_is_really_waited_at_the_speed_and_then_charged()
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(Start, speed: 60, real);
        var spend = clock.SpendAsync(TimeSpan.FromMinutes(1), SandboxHost.Cancel).AsTask();
        Assert.Equal(Start, clock.GetUtcNow());
        real.Advance(TimeSpan.FromSeconds(1));
        await spend;

        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task Waits_at_the_same_time_overlap()
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(Start, speed: 60, real);
        var waits = new[] { 1, 3, 2 }.Select(minutes => clock.SpendAsync(TimeSpan.FromMinutes(minutes), SandboxHost.Cancel).AsTask()).ToArray();
        real.Advance(TimeSpan.FromSeconds(3));
        await Task.WhenAll(waits);

        Assert.Equal(Start.AddMinutes(3), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_cancelled_wait_charges_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var clock = new SimulatedClock(Start, speed: 60, new FakeTimeProvider());
        var advance = clock.AdvanceToAsync(Start.AddMinutes(1), cancel.Token).AsTask();
        var spend = clock.SpendAsync(TimeSpan.FromMinutes(1), cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => advance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => spend);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task A_timer_fires_when_simulated_time_passes_it()
    {
        var clock = new SimulatedClock(Start);
        var delay = Task.Delay(TimeSpan.FromMinutes(2), clock, SandboxHost.Cancel);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3), clock);
        await clock.AdvanceToAsync(Start.AddMinutes(2), SandboxHost.Cancel);
        await delay;

        Assert.False(deadline.IsCancellationRequested);
        await clock.AdvanceToAsync(Start.AddMinutes(3), SandboxHost.Cancel);
        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public async Task A_periodic_timer_fires_again_and_stops_when_disposed()
    {
        var clock = new SimulatedClock(Start);
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await clock.AdvanceToAsync(Start.AddMinutes(1), SandboxHost.Cancel);
        await clock.AdvanceToAsync(Start.AddMinutes(2), SandboxHost.Cancel);
        await timer.DisposeAsync();
        await clock.AdvanceToAsync(Start.AddMinutes(3), SandboxHost.Cancel);

        Assert.Equal(2, fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void An_impossible_speed_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedClock(Start, speed));
}
