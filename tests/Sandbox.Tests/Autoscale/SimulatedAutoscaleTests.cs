using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Autoscale;

public sealed class SimulatedAutoscaleTests
{
    [Fact]
    public async Task The_engine_follows_the_load_by_itself()
    {
        await using var host = await AutoscaleEndpointTests.StartAsync(load: new ConstantLoad(6), capacity: 3);
        await host.AdvanceAsync(TimeSpan.FromHours(3));

        // Seven would do, at 69 %. Instances that boot for four minutes, a window of five and metrics that come late outlast the
        // cooldown, so that one more is added on old numbers.
        Assert.Equal(8, host.Server.Estate.CapacityOf(SandboxHost.Web));
        var changes = host.Server.Writes.All;
        Assert.Equal([(3, 4), (4, 5), (5, 6), (6, 7), (7, 8)], changes.Select(record => (record.CapacityBefore!.Value, record.CapacityAfter!.Value)));
        Assert.All(changes, record => Assert.True(record is { IsForeign: true, Method: "AUTOSCALE" }));
        Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task What_it_does_depends_on_nobody_asking()
    {
        await using var once = await AutoscaleEndpointTests.StartAsync(load: new GeneratedLoad(new GeneratedLoadShape { Mean = 5 }, 3));
        await using var often = await AutoscaleEndpointTests.StartAsync(load: new GeneratedLoad(new GeneratedLoadShape { Mean = 5 }, 3));
        await once.AdvanceAsync(TimeSpan.FromHours(20));
        for (var step = 0; step < 20 * 4; step++)
        {
            await often.AdvanceAsync(TimeSpan.FromMinutes(15));
            often.Server.Estate.Report();
        }

        Assert.Equal(once.Server.Estate.CapacityOf(SandboxHost.Web), often.Server.Estate.CapacityOf(SandboxHost.Web));
        Assert.NotEmpty(once.Server.Writes.All);
        Assert.Equal(once.Server.Writes.All, often.Server.Writes.All);
    }

    [Fact]
    public async Task A_count_that_somebody_sets_outside_the_bounds_is_taken_back_with_the_next_run()
    {
        await using var host = await AutoscaleEndpointTests.StartAsync();
        host.Server.Estate.SetCapacity(SandboxHost.Web, 40);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(10, host.Server.Estate.CapacityOf(SandboxHost.Web));
    }

    [Fact]
    public async Task An_estate_without_settings_is_left_alone()
    {
        await using var host = await AutoscaleEndpointTests.StartAsync(
            options => options with { Estate = options.Estate with { AutoscaleSettings = [] } }, new ConstantLoad(20));
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Empty(host.Server.Writes.All);
    }
}
