using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>
/// A machine that was found idle, over the code and the protocols that scale everything else. Its owner was told on Sunday at 09:10 that
/// it is deallocated a day later; it is Monday, 5 January 2026, 09:00.
/// </summary>
public sealed class IdleMachineCycleTests : CycleTest
{
    private static readonly TargetId Idle = VirtualMachineSpec.IdOf(Subscription, "shop", "build-1");

    private static readonly DateTimeOffset Nine = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _tags = new() { [FindingsActTerms.Tag] = "true" };

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = Nine,
        Estate = new EstateSpec([]) { VirtualMachines = [new VirtualMachineSpec { Id = Idle, Sku = "Standard_D4s_v5", Load = new ConstantLoad(0.005), Tags = _tags }] },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
    };

    [Fact]
    public async Task It_is_deallocated_when_the_notice_has_run_out_and_stays_so_with_what_it_was_kept()
    {
        await using var services = Build();
        await MarkAsync(services);
        await RunAsync(services, minutes: 9);
        Assert.Empty(Sandbox.Writes.All);

        await RunAsync(services, minutes: 6);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Idle));
        Assert.Equal((1, "Standard_D4s_v5", true), (await RowAsync(services)).Off is { } off ? (off.Instances, off.Size, off.IsIdle) : default);
        Assert.Contains(await JournalAsync(services), entry => entry.Kind == JournalKind.IntentOpened && entry.Text.Contains("found idle, and the notice to its owner ran out", StringComparison.Ordinal));

        // The next look finds it deallocated: the mark is of another kind then.
        await services.GetRequiredService<LeftoverMarks>().RemoveAsync(Mark(), Cancellation);
        await RunAsync(services, minutes: 180, step: 30);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Idle));
        Assert.Single(Sandbox.Writes.Effective);
    }

    [Fact]
    public async Task Nothing_is_done_when_the_tag_is_taken_away_between_the_notice_and_the_act()
    {
        await using var services = Build();
        await MarkAsync(services);
        await RunAsync(services, minutes: 5);
        _tags.Remove(FindingsActTerms.Tag);

        await RunAsync(services, minutes: 60, step: 5);

        Assert.Empty(Sandbox.Writes.All);
        Assert.Null((await RowAsync(services)).Off);
    }

    [Fact]
    public async Task It_comes_back_as_it_was_when_the_tag_is_taken_away()
    {
        await using var services = Build();
        await MarkAsync(services);
        await RunAsync(services, minutes: 15);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Idle));

        _tags.Remove(FindingsActTerms.Tag);
        await RunAsync(services, minutes: 20);

        Assert.Equal((1, "Standard_D4s_v5"), (Sandbox.Estate.CapacityOf(Idle), Sandbox.Estate.SizeOf(Idle)));
        Assert.Null((await RowAsync(services)).Off);
        Assert.Contains(await JournalAsync(services), entry => entry.Kind == JournalKind.OffHours && entry.Text.StartsWith("back as it was: 1 of Standard_D4s_v5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_who_starts_it_has_it_left_alone()
    {
        await using var services = Build();
        await MarkAsync(services);
        await RunAsync(services, minutes: 15);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Idle));

        Sandbox.Estate.SetCapacity(Idle, 1);
        await RunAsync(services, minutes: 240, step: 10);

        Assert.True(Sandbox.Estate.CapacityOf(Idle) == 1, string.Join('\n', (await JournalAsync(services)).Select(entry => $"{entry.At:HH:mm} {entry.Kind} {entry.Text}")));
        Assert.Single(Sandbox.Writes.Effective, write => write.Path == $"{Idle}/deallocate");
        Assert.True((await RowAsync(services)).Off is { IsReleased: true });
        Assert.Contains(await JournalAsync(services), entry => entry.Text.StartsWith("somebody started what was stopped because it was idle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_waits_while_somebody_works_on_it()
    {
        await using var services = Build();
        await MarkAsync(services);
        Sandbox.Faults.Add(new FaultRule { Effect = new ConstantMetrics(40), Target = "virtualMachines", Until = Nine.AddHours(2) });
        await RunAsync(services, minutes: 120, step: 10);
        Assert.Empty(Sandbox.Writes.All);

        await RunAsync(services, minutes: 60, step: 10);
        Assert.Equal(0, Sandbox.Estate.CapacityOf(Idle));
    }

    private static LeftoverRecord Mark() => new()
    {
        Id = Idle.Value,
        Kind = LeftoverKind.IdleMachine,
        Policy = "idle",
        Owner = "team-shop",
        FirstSeen = Nine.AddDays(-8),
        LastSeen = Nine.AddHours(-1),
        ToldAt = Nine.AddDays(-1),
        NoticeFrom = Nine.AddDays(-1),
        NoticedAt = Nine.AddDays(-1).AddMinutes(10),
        What = "1 × Standard_D4s_v5: 0.5 % of the processors",
        PerMonth = 140.16m,
        Currency = "USD",
        WhyNotPriced = "",
        Command = $"az vm deallocate --ids '{Idle.Value}'",
    };

    private static Task MarkAsync(IServiceProvider services) => services.GetRequiredService<LeftoverMarks>().WriteAsync(Mark(), Cancellation);

    private async Task RunAsync(IServiceProvider services, int minutes, int step = 1)
    {
        var policies = Read(
            """
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: machines }
            spec: { select: { type: vm }, mode: act }
            """,
            """
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec: { workload: machines, instances: { minimum: 1, maximum: 1 } }
            """,
            """
            apiVersion: scalefunctions/v1
            kind: UsageOptimization
            metadata: { name: idle, owner: team-shop }
            spec: { workload: machines, findings: { select: { type: vm }, act: { after: 1d } } }
            """);
        for (var minute = 0; minute < minutes; minute += step)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(step), Cancellation);
            await TickAsync(services, policies);
        }
    }

    private static Task<TargetRow> RowAsync(IServiceProvider services) => services.GetRequiredService<RowStore>().ReadAsync(Idle, Cancellation);

    private static async Task<IReadOnlyList<JournalEntry>> JournalAsync(IServiceProvider services) =>
        await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(Idle.Key, Limit: 1000), Cancellation);
}
