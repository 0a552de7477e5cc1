using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>A machine and a scale set that nobody needs at night, over the code and the protocols that scale everything else. The clock is UTC; Monday 5 January 2026.</summary>
public sealed class OffHoursCycleTests : CycleTest
{
    private const string Own = "Standard_D4s_v5";

    private const string Alternative = "Standard_D4as_v5";

    private const string Dear = "Standard_D8s_v5";

    private static readonly TargetId Build1 = VirtualMachineSpec.IdOf(Subscription, "shop", "build-1");

    private static readonly TargetId Build2 = VirtualMachineSpec.IdOf(Subscription, "shop", "build-2");

    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private Func<RequestObservation, Task>? _watch;

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = Monday.AddHours(18.9),
        Estate = new EstateSpec([Spec("web") with { InitialCapacity = 6, Load = new ConstantLoad(0.5) }])
        {
            VirtualMachines = [Machine(Build1, "on"), Machine(Build2, "off")],
        },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
        Observer = async (request, _) => await (_watch?.Invoke(request) ?? Task.CompletedTask),
    };

    /// <summary>Six instances of which the policy wants two at least: they come back as six, and the machine too, both in time.</summary>
    [Fact]
    public async Task A_night_takes_both_down_and_the_morning_brings_both_back_as_they_were()
    {
        await using var services = Build();
        var policies = Policies();
        await RunAsync(services, policies, "05 19:40", minutes: 2);
        Assert.Equal((0, 0), (Sandbox.Estate.CapacityOf(Web), Sandbox.Estate.CapacityOf(Build1)));
        Assert.Equal((6, "Standard_D4s_v5"), (Remembered(await RowAsync(services, Web)).Instances, Remembered(await RowAsync(services, Build1)).Size));

        await RunAsync(services, policies, "06 06:40", minutes: 60);
        Assert.Equal((0, 0), (Sandbox.Estate.CapacityOf(Web), Sandbox.Estate.CapacityOf(Build1)));
        await RunAsync(services, policies, "06 07:00", minutes: 1);

        Assert.Equal((6, 1), (Sandbox.Estate.CapacityOf(Web), Sandbox.Estate.CapacityOf(Build1)));
        Assert.Null((await RowAsync(services, Web)).Off);
        Assert.Null((await RowAsync(services, Build1)).Off);
        Assert.Contains(await JournalAsync(services, Web), entry => entry.Kind == JournalKind.OffHours && entry.Text.StartsWith("back as it was: 6 of Standard_D4s_v5", StringComparison.Ordinal));
        Assert.DoesNotContain(await JournalAsync(services, Web), entry => entry.Kind == JournalKind.Drift);
    }

    /// <summary>Whoever dies between the write and what follows must find what it was: it is stored before anything is sent.</summary>
    [Fact]
    public async Task What_it_was_is_stored_before_anything_is_taken_away()
    {
        await using var services = Build();
        List<int?> remembered = [];
        _watch = async request =>
        {
            if (request.Kind == RequestKind.VirtualMachineAction && request.Moment == RequestMoment.Received)
            {
                remembered.Add((await RowAsync(services, Build1)).Off?.Instances);
            }
        };
        await RunAsync(services, Policies(), "05 19:10", minutes: 1);

        Assert.Equal([1], remembered);
    }

    [Fact]
    public async Task Who_starts_a_machine_by_hand_keeps_it_until_the_next_edge_and_is_taken_for_no_pipeline()
    {
        await using var services = Build();
        var policies = Policies();
        for (var night = 5; night < 9; night++)
        {
            await RunAsync(services, policies, $"0{night} 19:10", minutes: 1);
            Assert.Equal(0, Sandbox.Estate.CapacityOf(Build1));
            Sandbox.Estate.SetCapacity(Build1, 1);
            await RunAsync(services, policies, $"0{night} 22:00", minutes: 20);
            Assert.Equal(1, Sandbox.Estate.CapacityOf(Build1));
            await RunAsync(services, policies, night == 8 ? "09 12:00" : $"0{night + 1} 18:50", minutes: 60);
        }

        Assert.Equal(4, Sandbox.Writes.Effective.Count(write => write.Path == $"{Build1}/deallocate"));
        Assert.DoesNotContain(Sandbox.Writes.All, write => write.Path == $"{Build1}/start");
    }

    /// <summary>Azure has none of its size at seven: the next in the policy is taken, in time; the night after it gets its own again.</summary>
    [Fact]
    public async Task A_morning_without_capacity_is_saved_by_another_size_which_is_given_back()
    {
        await using var services = Build();
        var policies = Policies();
        await RunAsync(services, policies, "06 06:00", minutes: 20);
        Sandbox.Faults.Add(new FaultRule { Effect = new SizeNotAllocated(Own), Target = "virtualMachines/build-1", Until = Monday.AddHours(36) });
        await RunAsync(services, policies, "06 07:00", minutes: 1);

        Assert.Equal((1, Alternative), (Sandbox.Estate.CapacityOf(Build1), Sandbox.Estate.SizeOf(Build1)));
        await RunAsync(services, policies, "06 18:50", minutes: 30);
        Assert.True(Remembered(await RowAsync(services, Build1)).OwesSize);
        Assert.Contains(await JournalAsync(services, Build1), entry => entry.Text.StartsWith($"back with 1 of {Alternative}", StringComparison.Ordinal) && entry.Text.Contains($"the size it had, {Own}", StringComparison.Ordinal));

        await RunAsync(services, policies, "06 19:20", minutes: 1);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Build1));
        await RunAsync(services, policies, "07 06:35", minutes: 30);
        var reports = await RunAsync(services, policies, "07 07:05", minutes: 1);

        Assert.DoesNotContain(reports, report => report.Kind == ReportKind.ActionFailed);
        Assert.Equal((1, Own), (Sandbox.Estate.CapacityOf(Build1), Sandbox.Estate.SizeOf(Build1)));
        Assert.Null((await RowAsync(services, Build1)).Off);
    }

    /// <summary>Guardrails cap what the fleet costs: the first alternative is beyond it, the second is not.</summary>
    [Fact]
    public async Task An_alternative_that_there_is_no_money_for_is_not_taken()
    {
        await using var services = Build();
        var policies = Read([.. Documents($"alternatives: [{Dear}, {Alternative}]"), Capped(3, dear: 5)]);
        await RunAsync(services, policies, "06 06:00", minutes: 20);
        Sandbox.Faults.Add(new FaultRule { Effect = new SizeNotAllocated(Own), Target = "virtualMachines/build-1", Until = Monday.AddHours(36) });
        await RunAsync(services, policies, "06 07:00", minutes: 1);

        Assert.Equal((1, Alternative), (Sandbox.Estate.CapacityOf(Build1), Sandbox.Estate.SizeOf(Build1)));
    }

    /// <summary>What the first one's alternative costs more is there for nobody else in the same tick.</summary>
    [Fact]
    public async Task Of_two_alternatives_that_there_is_money_for_once_one_is_taken()
    {
        await using var services = Build();
        var policies = Read([.. Documents($"alternatives: [{Dear}]", tag: "pair"), Capped(3.1, dear: 1.2)]);
        await RunAsync(services, policies, "06 06:00", minutes: 20);
        Sandbox.Faults.Add(new FaultRule { Effect = new SizeNotAllocated(Own), Target = "virtualMachines/build-", Until = Monday.AddHours(36) });
        await RunAsync(services, policies, "06 07:30", minutes: 1);

        Assert.Single([Build1, Build2], id => Sandbox.Estate.SizeOf(id) == Dear);
        Assert.Equal(1, Sandbox.Estate.CapacityOf(Build1) + Sandbox.Estate.CapacityOf(Build2));
    }

    /// <summary>Of a fleet that goes down in steps, what it was must not be forgotten by a worker that has lowered nothing.</summary>
    [Fact]
    public async Task A_worker_that_is_outrun_takes_back_nothing_of_what_the_other_remembers()
    {
        await using var first = Build();
        await using var second = Build();
        var policies = Read([.. Documents("", pace: ", scaleIn: { atMost: { instances: 2, per: 1m } }")]);
        await RunAsync(second, policies, "05 19:03", minutes: 1);
        _watch = async request =>
        {
            if (request is { Kind: RequestKind.ScaleSet, Method: "GET", Moment: RequestMoment.Received })
            {
                _watch = null;
                await TickAsync(first, policies);
            }
        };
        for (var minute = 0; minute < 10 && _watch is not null; minute++)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            await TickAsync(second, policies);
        }

        Assert.Null(_watch);
        Assert.Equal(4, Sandbox.Estate.CapacityOf(Web));
        Assert.Equal((6, true), (Remembered(await RowAsync(second, Web)).Instances, Remembered(await RowAsync(second, Web)).IsLowered));
        await RunAsync(second, policies, "06 07:00", minutes: 5);
        Assert.Equal(6, Sandbox.Estate.CapacityOf(Web));
    }

    /// <summary>One that cannot be started is told before seven, and keeps nothing else from being started.</summary>
    [Fact]
    public async Task One_that_fails_is_told_before_it_must_be_ready_and_stops_no_other()
    {
        await using var services = Build();
        var policies = Policies("");
        await RunAsync(services, policies, "06 06:00", minutes: 20);
        Sandbox.Faults.Add(new FaultRule { Effect = new SizeNotAllocated(Own), Target = "virtualMachines/build-1", Until = Monday.AddHours(32) });
        var reports = await RunAsync(services, policies, "06 06:59", minutes: 1);

        Assert.Equal(6, Sandbox.Estate.CapacityOf(Web));
        var told = Assert.Single(reports, report => report.Kind == ReportKind.Error);
        Assert.Contains("not ready: 1 of Standard_D4s_v5 are wanted by Tue 07:00, and there are 0", told.Text, StringComparison.Ordinal);
        Assert.True(told.At < Monday.AddHours(31));
        await RunAsync(services, policies, "06 09:30", minutes: 5);
        Assert.Equal(1, Sandbox.Estate.CapacityOf(Build1));
    }

    [Fact]
    public async Task A_machine_that_works_is_stopped_once_it_does_not()
    {
        await using var services = Build();
        var policies = Policies("inUse: { metric: Percentage CPU, above: 5, within: 15m }");
        Sandbox.Faults.Add(new FaultRule { Effect = new ConstantMetrics(40), Target = "virtualMachines", Until = Monday.AddHours(20) });
        await RunAsync(services, policies, "05 20:05", minutes: 5);
        Assert.Equal(1, Sandbox.Estate.CapacityOf(Build1));

        await RunAsync(services, policies, "05 20:40", minutes: 5);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Build1));
    }

    [Fact]
    public async Task In_observe_mode_nothing_is_written_and_nothing_owed()
    {
        await using var services = Build(PolicyMode.Observe);
        var reports = await RunAsync(services, Policies(), "06 07:10", minutes: 30);

        Assert.Empty(Sandbox.Writes.All);
        Assert.Null((await RowAsync(services, Build1)).Off);
        Assert.DoesNotContain(reports, report => report.Kind is ReportKind.Error or ReportKind.Rested);
    }

    private static VirtualMachineSpec Machine(TargetId id, string tag) =>
        new() { Id = id, Sku = Own, Load = new ConstantLoad(0.02), Tags = new Dictionary<string, string> { ["off-hours"] = tag, ["pair"] = "on" } };

    private static PolicySet Policies(string more = $"alternatives: [{Alternative}]") => Read([.. Documents(more)]);

    private static IEnumerable<string> Documents(string more, string pace = "", string tag = "off-hours") =>
    [
        Workload("machines", "type: vm"), Bounds("machines", 1, 1), Off("machines", $"tag: {tag}\n{more}"),
        Workload("sets", "type: vmss"), Bounds("sets", 2, 10, pace), Off("sets", ""),
    ];

    private static string Capped(double spend, double dear) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: guardrails }
        spec:
          fleet: { spendPerHour: {{spend}} }
          prices: { currency: EUR, asOf: 2026-01-01, perHour: { {{Own}}: 0.2, {{Alternative}}: 0.25, {{Dear}}: {{dear}} } }
        """;

    private static string Workload(string name, string select) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: {{name}} }
        spec: { select: { {{select}} }, mode: act }
        """;

    private static string Bounds(string workload, int minimum, int maximum, string pace = "") =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: {{workload}}-bounds }
        spec: { workload: {{workload}}, instances: { minimum: {{minimum}}, maximum: {{maximum}} }{{pace}} }
        """;

    private static string Off(string workload, string more) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: UsageOptimization
        metadata: { name: {{workload}}-nights }
        spec:
          workload: {{workload}}
          offHours:
            onHours: ["Mon-Fri 07:00-19:00"]
            to: { instances: 0 }
            spread: 0s
            {{more.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        """;

    private async Task<List<TargetReport>> RunAsync(IServiceProvider services, PolicySet policies, string until, int minutes)
    {
        List<TargetReport> reports = [];
        var end = DateTimeOffset.Parse($"2026-01-{until.Replace(' ', 'T')}Z", System.Globalization.CultureInfo.InvariantCulture);
        while (Sandbox.Clock.GetUtcNow() < end)
        {
            var left = end - Sandbox.Clock.GetUtcNow();
            await Sandbox.Clock.SpendAsync(left < TimeSpan.FromMinutes(minutes) ? left : TimeSpan.FromMinutes(minutes), Cancellation);
            reports.AddRange((await TickAsync(services, policies)).Targets);
        }

        return reports;
    }

    private static Core.Decisions.Usage.OffMemory Remembered(TargetRow row) => row.Off ?? throw new InvalidOperationException("nothing is remembered");

    private static Task<TargetRow> RowAsync(IServiceProvider services, TargetId target) => services.GetRequiredService<RowStore>().ReadAsync(target, Cancellation);

    private static async Task<IReadOnlyList<JournalEntry>> JournalAsync(IServiceProvider services, TargetId target) =>
        await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(target.Key, Limit: 1000), Cancellation);
}
