using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class ScalingCycleTests
{
    private static readonly TargetId Broken = Some.Id("a-broken"), Sound = Some.Id("b-sound");

    [Fact]
    public async Task A_target_whose_journal_refuses_its_entries_never_stops_the_others()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new MemoryStateStore();
        await store.AppendJournalAsync(Drifted("somebody else's").Journal.Outbox, token);
        await store.WriteTargetsAsync([Drifted("ours")], token);

        var report = await Cycle(store).RunAsync(Some.Policies(Some.Horizontal(minimum: 9)), token);

        Assert.Contains(report.Targets, each => each.Target == Broken && each.Kind == ReportKind.Error);
        Assert.Contains(report.Targets, each => each.Target == Sound && each.Goal == 9);
        Assert.NotEmpty(store.Row(Sound).Spans);
        Assert.Equal(Some.Noon, (await store.ReadFleetAsync(token)).LastTickAt);
    }

    [Fact]
    public async Task A_signal_that_cannot_be_read_for_as_long_as_its_policy_says_raises_and_one_failed_read_does_not()
    {
        var token = TestContext.Current.CancellationToken;
        var (store, time) = (new MemoryStateStore(), new FakeTimeProvider(Some.Noon));
        var fallback = new MissingDataPolicy { Behavior = MissingDataBehavior.Static, Instances = 9, After = Some.Minutes(3) };
        var policies = Some.Policies(loadBased: Some.LoadBased(signals: [Some.Signal() with { MissingData = fallback }]));
        var goals = new List<int>();
        for (var minute = 0; minute < 5; minute++)
        {
            goals.Add((await Cycle(store, time).RunAsync(policies, token)).Targets.Single(each => each.Target == Sound).Goal);
            time.Advance(Some.Minutes(1));
        }

        Assert.Equal([4, 4, 4, 9, 9], goals);
        Assert.Equal(Some.Noon, store.Row(Sound).History.UnreadableSince["cpu"]);
    }

    private static TargetRow Drifted(string actor) =>
        new TargetRow { Target = Broken, LastKnownCapacity = 3 }.See(4, Some.Noon, actor);

    private static ScalingCycle Cycle(MemoryStateStore store) => Cycle(store, new FakeTimeProvider(Some.Noon));

    private static ScalingCycle Cycle(MemoryStateStore store, FakeTimeProvider time)
    {
        var inventory = Substitute.For<ITargetInventory>();
        inventory.ListAsync(default).ReturnsForAnyArgs(
            new InventoryReading.Complete([Some.Target() with { Id = Broken }, Some.Target() with { Id = Sound }]));
        var metrics = Substitute.For<IMetricSource>();
        metrics.ReadAsync(default!, default).ReturnsForAnyArgs(new Dictionary<MonitoredResource, MetricSeries>());
        var rows = new RowStore(store);
        var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
        return new ScalingCycle(rows, new PredictiveSchedules(new MemoryDocumentStore()), inventory, metrics, new ActionRunner(rows, [], options, time), options, time);
    }
}
