using System.Text;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Tests.Estates;

public sealed class SimulatedEstateTests
{
    [Fact]
    public async Task Accounts_for_hours_and_shortage()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("web", capacity: 2) with { Load = new SteppedLoad(2, [(SandboxHost.Start.AddMinutes(10), 3)]) }]),
        });
        await host.AdvanceAsync(TimeSpan.FromMinutes(10));
        await host.PatchAsync(SandboxHost.Web, 3);
        await host.AdvanceAsync(TimeSpan.FromMinutes(50));
        var report = host.Server.Estate.Report(SandboxHost.Web);

        Assert.Equal((60, 4, 3, 0, 3), (report.Minutes, report.MinutesShort, report.Ready, report.Booting, report.Capacity));
        Assert.Equal(((10 * 2) + (50 * 3)) / 60d, report.InstanceHours, 1e-9);
        Assert.Equal(80, report.CpuPercent);
        Assert.Equal([2, 2, 3], host.Server.Estate
            .Minutes(SandboxHost.Web, SandboxHost.Start.AddMinutes(12), SandboxHost.Start.AddMinutes(15)).Select(minute => minute.Ready));
    }

    [Fact]
    public async Task A_boot_time_of_part_of_a_minute_counts_as_a_whole_one()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("web") with { BootTime = TimeSpan.FromSeconds(61) }]),
        });
        await host.PatchAsync(SandboxHost.Web, 6);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(5, host.Server.Estate.Report(SandboxHost.Web).Ready);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(6, host.Server.Estate.Report(SandboxHost.Web).Ready);
    }

    [Fact]
    public void Unknown_targets_are_bugs_of_the_caller()
    {
        var estate = new SimulatedEstate(EstateSpec.Default, new EstateOptions(), TimeProvider.System, new WriteLog());

        Assert.Throws<ArgumentException>(() => estate.CapacityOf(SandboxHost.Web));
        Assert.Throws<ArgumentException>(() => estate.SetCapacity(SandboxHost.Web, 1));
    }

    [Fact]
    public async Task Two_runs_of_one_seed_give_the_same_bytes()
    {
        var first = await RunAsync(seed: 4);
        var second = await RunAsync(seed: 4);

        Assert.Equal(first, second);
        Assert.NotEqual(first, await RunAsync(seed: 5));
    }

    // Half an hour of a naive autoscaler under faults; everything that was answered, in order.
    private static async Task<string> RunAsync(int seed)
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = EstateSpec.CreateDefault(seed),
            Faults = [new FaultRule { Effect = new DelayAnswer(TimeSpan.FromSeconds(7)), Method = "PATCH", Skip = 1 }],
        });
        var answers = new StringBuilder();
        for (var minute = 1; minute <= 30; minute++)
        {
            await host.Server.Clock.AdvanceToAsync(SandboxHost.Start.AddMinutes(minute), SandboxHost.Cancel);
            foreach (var spec in host.Server.Estate.Spec.ScaleSets)
            {
                var metrics = await host.GetAsync(SandboxHost.Url(spec.Id, "/providers/Microsoft.Insights/metrics", "2024-02-01"));
                var wanted = (int)Math.Ceiling(host.Server.Estate.Report(spec.Id).Demand * 1.3);
                var write = await host.PatchAsync(spec.Id, wanted);
                answers.AppendLine(metrics.Text).AppendLine(write.Text).AppendJoin(';', write.Headers.Where(header => header.Key != "Date"));
            }
        }

        return answers.AppendJoin('\n', host.Server.Writes.All).AppendJoin('\n', host.Server.Estate.Report()).ToString();
    }
}
