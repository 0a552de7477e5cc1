using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>A cycle on a target that Azure's own autoscale of 2 to 20 instances scales; the minimum of the policy is what it wants.</summary>
public sealed class SteeredCycleTests
{
    private static readonly TargetId Setting = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto");

    private readonly MemoryStateStore _store = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly ITargetKind _floors = Kind("Microsoft.Insights/autoscalesettings");
    private readonly ITargetKind _sets = Kind(Some.ScaleSet);
    private readonly List<CapacityWrite> _writes = [];
    private int _floor = 2;
    private int _capacity = 4;
    private DateTimeOffset _until;

    public SteeredCycleTests()
    {
        _floors.ReadAsync(default!, default).ReturnsForAnyArgs(_ => new CapacityReading.Read(_floor, "default", $"\"{_floor}\"", false, _time.GetUtcNow()));
        _floors.WriteAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            var write = call.Arg<CapacityWrite>();
            _writes.Add(write);
            (_floor, _until) = (write.Goal, _time.GetUtcNow().AddMinutes(30));
            return new WriteResult.Accepted(null);
        });
        _sets.ReadInstancesAsync(default!, default).ReturnsForAnyArgs(_ => new InstancesReading.Read(_capacity, _capacity));
    }

    [Fact]
    public async Task A_raise_writes_the_floor_and_not_the_count_and_is_checked_by_the_instances()
    {
        await RunAsync(minimum: 6);
        var sent = Row;
        await MinuteAsync(minimum: 6);
        var checking = Row;
        _capacity = 6;
        await MinuteAsync(minimum: 6);

        Assert.Equal([new CapacityWrite(Setting, 6, "\"2\"") { From = 2 }], _writes);
        Assert.Equal((Setting, 2, 6, 4), (sent.Intent!.Setting, sent.Intent.Base.Capacity, sent.Intent.Goal, sent.Intent.Instances));
        Assert.Equal((4, 6), (checking.Check!.From, checking.Check.Goal));
        Assert.Null(Row.Check);
        Assert.Single(Row.StartSeconds);
        Assert.Equal(6, Row.LastKnownCapacity);
        await _sets.DidNotReceiveWithAnyArgs().WriteAsync(default!, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await JournalAsync(), entry => entry.Kind == JournalKind.Drift);
    }

    [Fact]
    public async Task The_floor_is_kept_up_as_long_as_the_tool_lives_and_no_longer()
    {
        await RunAsync(minimum: 6);
        _capacity = 6;
        for (var minute = 0; minute < 60; minute++)
        {
            await MinuteAsync(minimum: 6);
        }

        Assert.InRange(_writes.Count, 5, 7);
        Assert.All(_writes, write => Assert.Equal(6, write.Goal));
        Assert.True(_until - _time.GetUtcNow() >= TimeSpan.FromMinutes(19));
        Assert.Empty(Row.History.Changes);
        Assert.Null(Row.Intent);
    }

    [Fact]
    public async Task The_kill_switch_lets_the_floor_end()
    {
        await RunAsync(minimum: 6);
        _capacity = 6;
        var rows = new RowStore(_store);
        await rows.ChangeFleetAsync(row => row.SetKillSwitch(true, "anna", "incident", _time.GetUtcNow()), TestContext.Current.CancellationToken);
        for (var minute = 0; minute < 40; minute++)
        {
            await MinuteAsync(minimum: 6);
        }

        Assert.Single(_writes);
        Assert.True(_until < _time.GetUtcNow());
    }

    [Fact]
    public async Task What_azure_does_above_the_floor_is_no_drift_and_without_steering_it_is()
    {
        await RunAsync(minimum: 2);
        _capacity = 9;
        await MinuteAsync(minimum: 2);
        Assert.DoesNotContain(await JournalAsync(), entry => entry.Kind == JournalKind.Drift);

        _capacity = 11;
        await MinuteAsync(minimum: 2, actuator: Actuator.Direct);
        Assert.Contains(await JournalAsync(), entry => entry.Kind == JournalKind.Drift);
    }

    [Fact]
    public async Task An_action_that_was_sent_before_a_crash_is_settled_by_the_setting()
    {
        var token = TestContext.Current.CancellationToken;
        var rows = new RowStore(_store);
        var intent = Some.Intent(2, 6) with { Setting = Setting, Instances = 4, Base = new CapacityReading.Read(2, "default", "\"2\"", false, Some.Noon) };
        var opened = (await rows.WriteAsync(new TargetRow { Target = Some.Id(), LastKnownCapacity = 4 }.Open(intent, Some.Plan(2) with { Setting = Setting }), token))!;
        await rows.WriteAsync(opened.Send(Some.Noon), token);
        (_floor, _until) = (6, Some.At(30));
        await RunAsync(minimum: 6);

        Assert.Null(Row.Intent);
        Assert.Contains(await JournalAsync(), entry => entry.Text == "done: Azure has the goal");
        Assert.Empty(_writes);
        await _sets.DidNotReceiveWithAnyArgs().ReadAsync(default!, token);
    }

    private TargetRow Row => _store.Row(Some.Id());

    private Task<IReadOnlyList<JournalEntry>> JournalAsync() =>
        _store.ReadJournalAsync(new JournalQuery(Some.Id().Key, Limit: 1000), TestContext.Current.CancellationToken);

    private async Task MinuteAsync(int minimum, Actuator actuator = Actuator.Auto)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync(minimum, actuator);
    }

    private async Task RunAsync(int minimum, Actuator actuator = Actuator.Auto)
    {
        var now = _time.GetUtcNow();
        var native = new NativeAutoscale.Steerable(Setting, 2, 20) { Floor = _floor > 2 && now < _until ? new SteeredFloor(_floor, _until, IsCurrent: true) : null };
        var inventory = Substitute.For<ITargetInventory>();
        inventory.ListAsync(default).ReturnsForAnyArgs(new InventoryReading.Complete([Some.Target(_capacity) with { Native = native, ReadAt = now }]));
        var metrics = Substitute.For<IMetricSource>();
        metrics.ReadAsync(default!, default).ReturnsForAnyArgs(new Dictionary<MonitoredResource, MetricSeries>());
        var rows = new RowStore(_store);
        var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
        var runner = new ActionRunner(rows, [_sets, _floors], options, _time);
        var policies = Some.Policies(Some.Horizontal(minimum));
        await new ScalingCycle(rows, new PredictiveSchedules(new MemoryDocumentStore()), inventory, metrics, runner, options, _time).RunAsync(
            policies with { Workloads = [policies.Workloads[0] with { Actuator = actuator }] }, TestContext.Current.CancellationToken);
    }

    private static ITargetKind Kind(string type)
    {
        var kind = Substitute.For<ITargetKind>();
        kind.Serves(Arg.Any<string>()).Returns(call => string.Equals(call.Arg<string>(), type, StringComparison.OrdinalIgnoreCase));
        return kind;
    }
}
