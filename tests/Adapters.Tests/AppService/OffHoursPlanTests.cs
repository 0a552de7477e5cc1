using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>A plan of four P2v3 that is one P0v3 at night, over the protocols of Azure. The clock is UTC; Monday 5 January 2026.</summary>
public sealed class OffHoursPlanTests : SizedPlanTest
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    protected override SandboxOptions Options() => base.Options() with { Start = Monday.AddHours(18.9) };

    [Fact]
    public async Task A_night_lowers_count_and_size_and_the_morning_brings_both_back()
    {
        await using var services = Build();
        await GoAsync(services, hours: 20, minutes: 2);
        Assert.Equal((1, "P0v3"), (Sandbox.Estate.CapacityOf(Idle), Sandbox.Estate.SizeOf(Idle)));
        var memory = (await RowAsync(services, Idle)).Off!;
        Assert.Equal((4, "P2v3", "P0v3"), (memory.Instances, memory.Size, memory.LowSize));

        await GoAsync(services, hours: 30.6, minutes: 30);
        var reports = await GoAsync(services, hours: 31, minutes: 1);
        Assert.Equal((4, "P2v3"), (Sandbox.Estate.CapacityOf(Idle), Sandbox.Estate.SizeOf(Idle)));
        Assert.Null((await RowAsync(services, Idle)).Off);
        Assert.DoesNotContain(reports, report => report.Kind is ReportKind.Error or ReportKind.ActionFailed);
        Assert.Contains(await JournalAsync(services, Idle), text => text.StartsWith("back as it was: 4 of P2v3", StringComparison.Ordinal));
        Assert.Equal([("P2v3", "P0v3"), ("P0v3", "P2v3")], Sizes().Where(each => each.Item1 != each.Item2));
    }

    /// <summary>No write of a plan is taken from five to eight: that is told before seven, and ends by itself.</summary>
    [Fact]
    public async Task A_morning_in_which_azure_refuses_is_told_before_it_must_be_ready_and_made_up_for()
    {
        await using var services = Build();
        await GoAsync(services, hours: 20, minutes: 2);
        await GoAsync(services, hours: 29, minutes: 30);
        Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(503), Target = "serverfarms/idle", Method = "PUT", Until = Monday.AddHours(32) });
        Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(503), Target = "serverfarms/idle", Method = "PATCH", Until = Monday.AddHours(32) });
        var reports = await GoAsync(services, hours: 30.99, minutes: 1);
        var told = Assert.Single(reports, report => report.Kind == ReportKind.Error);
        Assert.StartsWith("not ready: 4 of P2v3 are wanted by Tue 07:00, and there are 1 of P0v3", told.Text, StringComparison.Ordinal);

        await GoAsync(services, hours: 33, minutes: 2);
        Assert.Equal((4, "P2v3"), (Sandbox.Estate.CapacityOf(Idle), Sandbox.Estate.SizeOf(Idle)));
    }

    private async Task<List<TargetReport>> GoAsync(IServiceProvider services, double hours, int minutes)
    {
        var (end, policies) = (Monday.AddHours(hours), Policies());
        List<TargetReport> reports = [];
        while (Sandbox.Clock.GetUtcNow() < end)
        {
            var left = end - Sandbox.Clock.GetUtcNow();
            await Sandbox.Clock.SpendAsync(left < TimeSpan.FromMinutes(minutes) ? left : TimeSpan.FromMinutes(minutes), Cancellation);
            reports.AddRange((await TickAsync(services, policies)).Targets);
        }

        return reports;
    }

    private static PolicySet Policies() => Read(
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: plans }
        spec: { select: { type: plan }, mode: act }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec: { workload: plans, instances: { minimum: 2, maximum: 6 } }
        """,
        """
        apiVersion: scalefunctions/v1
        kind: UsageOptimization
        metadata: { name: nights }
        spec:
          workload: plans
          offHours:
            onHours: ["Mon-Fri 07:00-19:00"]
            to: { instances: 1, size: P0v3 }
            spread: 0s
        """);
}
