using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Metrics;

/// <summary>What the metrics tell before and after a change of the size, under the same load.</summary>
public sealed class SizeMetricsTests
{
    private const double GiB = 1024d * 1024 * 1024;

    private static readonly TargetId Machine = VirtualMachineSpec.IdOf(SandboxHost.Subscription, "shop", "machine");
    private static readonly TargetId Plan = PlanSpec.IdOf(SandboxHost.Subscription, "shop", "plan");

    [Theory]
    [InlineData("Standard_D8s_v5", 32)]
    [InlineData("Standard_D2s_v5", 100)]
    [InlineData("Standard_E4s_v5", 64)]
    public async Task Processors_of_an_instance_carry_the_load_by_their_number(string size, double expected)
    {
        await using var host = await StartAsync();
        Assert.Equal(64, await ReadAsync(host, SandboxHost.Web, "Percentage CPU"));

        host.Server.Estate.SetSize(SandboxHost.Web, size);
        await host.AdvanceAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(expected, await ReadAsync(host, SandboxHost.Web, "Percentage CPU"), 1e-9);
    }

    [Fact]
    public async Task Memory_that_an_application_needs_is_the_same_on_every_size()
    {
        await using var host = await StartAsync();

        // 40 % at rest and 0.3 for each of 64 % CPU, of 16 GiB.
        Assert.Equal(100 - 59.2, await ReadAsync(host, SandboxHost.Web, "Available Memory Percentage"), 1e-9);
        Assert.Equal(16 * 0.408 * GiB, await ReadAsync(host, SandboxHost.Web, "Available Memory Bytes"), 1);

        host.Server.Estate.SetSize(SandboxHost.Web, "Standard_E4s_v5");
        await host.AdvanceAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(100 - 29.6, await ReadAsync(host, SandboxHost.Web, "Available Memory Percentage"), 1e-9);
        Assert.Equal((32 - (16 * 0.592)) * GiB, await ReadAsync(host, SandboxHost.Web, "Available Memory Bytes"), 1);
    }

    [Fact]
    public async Task An_application_that_needs_more_than_there_is_leaves_next_to_nothing()
    {
        await using var host = await StartAsync();
        host.Server.Estate.SetSize(SandboxHost.Web, "Standard_F4s_v2");
        await host.AdvanceAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(2, await ReadAsync(host, SandboxHost.Web, "Available Memory Percentage"), 1e-9);
    }

    [Theory]
    [InlineData("Network In Total", 48_000_000)]
    [InlineData("Network Out Total", 144_000_000)]
    [InlineData("Disk Read Bytes", 24_000_000)]
    [InlineData("Disk Write Bytes", 12_000_000)]
    public async Task Bytes_follow_the_load_and_not_the_size(string metric, double expected)
    {
        await using var host = await StartAsync();
        Assert.Equal(expected, await ReadAsync(host, SandboxHost.Web, metric), 1e-3);

        host.Server.Estate.SetSize(SandboxHost.Web, "Standard_D2s_v5");
        await host.AdvanceAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(expected, await ReadAsync(host, SandboxHost.Web, metric), 1e-3);
    }

    [Fact]
    public async Task A_machine_that_restarts_reports_nothing_meanwhile()
    {
        await using var host = await StartAsync();
        host.Server.Estate.SetSize(Machine, "Standard_D8s_v5");
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));

        var minutes = host.Server.Estate.Minutes(Machine, SandboxHost.Start.AddMinutes(20), SandboxHost.Start.AddMinutes(23));
        Assert.Equal([0, 1, 1], minutes.Select(minute => minute.Ready));
        Assert.Equal(20, await ReadAsync(host, Machine, "Percentage CPU"), 1e-9);
        Assert.Equal(100 - (0.5 * 52), await ReadAsync(host, Machine, "Available Memory Percentage"), 1e-9);
    }

    [Fact]
    public async Task A_plan_is_judged_by_its_new_size_once_its_instances_are_replaced()
    {
        await using var host = await StartAsync();
        Assert.Equal((80d, 64d), (await ReadAsync(host, Plan, "CpuPercentage"), await ReadAsync(host, Plan, "MemoryPercentage")));

        host.Server.Estate.SetSize(Plan, "P2v3");
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal((40d, 32d), (await ReadAsync(host, Plan, "CpuPercentage"), await ReadAsync(host, Plan, "MemoryPercentage")));
        Assert.All(
            host.Server.Estate.Minutes(Plan, SandboxHost.Start.AddMinutes(20), SandboxHost.Start.AddMinutes(26)), minute => Assert.Equal(2, minute.Ready));
    }

    [Fact]
    public async Task Fewer_cores_are_short_of_the_load_that_more_carried()
    {
        await using var host = await StartAsync();
        var before = host.Server.Estate.Report(Machine).MinutesShort;
        host.Server.Estate.SetSize(Machine, "Standard_B1ms");
        await host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal((0, 10, 2d), (before, host.Server.Estate.Report(Machine).MinutesShort, host.Server.Estate.Report(Machine).Demand));
    }

    private static async Task<SandboxHost> StartAsync()
    {
        var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("web") with { UpgradeMode = "Automatic" }])
            {
                VirtualMachines = [new VirtualMachineSpec { Id = Machine, Load = new ConstantLoad(0.5) }],
                Plans = [new PlanSpec { Id = Plan, Load = new ConstantLoad(2), InitialCapacity = 2 }],
            },
        });
        await host.AdvanceAsync(TimeSpan.FromMinutes(20));
        return host;
    }

    /// <summary>The average of the newest minute that is out.</summary>
    private static async Task<double> ReadAsync(SandboxHost host, TargetId target, string metric)
    {
        var end = host.Server.Clock.GetUtcNow().AddMinutes(-1);
        var answer = await host.GetAsync(
            $"{SandboxHost.Url(target, "/providers/Microsoft.Insights/metrics", "2024-02-01")}&metricnames={Uri.EscapeDataString(metric)}"
            + $"&timespan={end.AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}/{end:yyyy-MM-ddTHH:mm:ssZ}&aggregation=average");
        return answer.Json.GetProperty("value")[0].GetProperty("timeseries")[0].GetProperty("data")[0].GetProperty("average").GetDouble();
    }
}
