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
        using var spans = new TracedSpans();

        var report = await Cycle(store).RunAsync(Some.Policies(Some.Horizontal(minimum: 9)), token);

        Assert.Contains(report.Targets, each => each.Target == Broken && each.Kind == ReportKind.Error);
        Assert.Contains(report.Targets, each => each.Target == Sound && each.Goal == 9);
        Assert.NotEmpty(store.Row(Sound).Spans);
        var failed = spans.Named("target.failed");
        Assert.NotEmpty(failed);
        Assert.All(failed, span => Assert.Equal((Broken.Value, System.Diagnostics.ActivityStatusCode.Error), (span.GetTagItem("scalefunctions.target.id"), span.Status)));

        // The type and not what it says: that may quote what could not be read.
        Assert.All(failed, span => Assert.Equal(["error.type", "scalefunctions.target.id"], span.TagObjects.Select(tag => tag.Key).Order()));
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

    [Fact]
    public async Task A_rehearsal_tells_of_targets_that_several_policies_claim()
    {
        var policies = Some.Policies();
        var claimed = policies with
        {
            Workloads = [policies.Workloads[0], policies.Workloads[0] with { Name = "other" }],
            HorizontalScaling = [policies.HorizontalScaling[0], Some.Horizontal() with { Name = "another", Workload = "other" }],
        };

        var rehearsal = await Cycle(new MemoryStateStore()).RehearseAsync(claimed, TestContext.Current.CancellationToken);

        Assert.Empty(rehearsal.Evaluations);
        Assert.Equal([(Broken, ReportKind.Error), (Sound, ReportKind.Error)], rehearsal.Broken.Select(each => (each.Target, each.Kind)));
        Assert.Equal(Assert.IsType<TargetPolicies.Conflict>(claimed.For(Some.Target())).Message, rehearsal.Broken[0].Text);
    }

    [Fact]
    public async Task A_target_that_breaks_a_rehearsal_never_stops_the_others()
    {
        var hostile = new Dictionary<MonitoredResource, MetricSeries>
        {
            [MonitoredResource.Of(Two[0])] = new MetricSeries.Received(null!),
            [MonitoredResource.Of(Two[1])] = Some.Series(90, 90, 90, 90),
        };

        var rehearsal = await Cycle(new MemoryStateStore(), new FakeTimeProvider(Some.Noon), Two, hostile)
            .RehearseAsync(Some.Policies(), TestContext.Current.CancellationToken);

        Assert.Equal((Sound, 6), (Assert.Single(rehearsal.Evaluations).Target.Id, rehearsal.Evaluations[0].Goal));
        Assert.Equal((Broken, ReportKind.Error), (Assert.Single(rehearsal.Broken).Target, rehearsal.Broken[0].Kind));
    }

    /// <summary>Samples of a plan count no instances: of a count that was never seen before nobody knows how long it has held.</summary>
    [Fact]
    public async Task A_rehearsal_on_a_fresh_state_lowers_nothing_that_a_tick_would_not()
    {
        var token = TestContext.Current.CancellationToken;
        var plan = Some.Target() with { Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/serverfarms/portal") };
        var idle = new Dictionary<MonitoredResource, MetricSeries>
        {
            [MonitoredResource.Of(plan)] = new MetricSeries.Received([.. Enumerable.Range(2, 14).Reverse().Select(ago => Some.Point(-ago, 5, null))]),
        };
        var policies = Some.Policies();
        policies = policies with { Workloads = [policies.Workloads[0] with { Select = new TargetSelector { ResourceType = "Microsoft.Web/serverfarms" } }] };

        var rehearsed = await Cycle(new MemoryStateStore(), new FakeTimeProvider(Some.Noon), [plan], idle).RehearseAsync(policies, token);
        var ticked = await Cycle(new MemoryStateStore(), new FakeTimeProvider(Some.Noon), [plan], idle).RunAsync(policies, token);

        Assert.Equal(4, Assert.Single(ticked.Targets).Goal);
        Assert.Equal(4, Assert.Single(rehearsed.Evaluations).Goal);
        Assert.IsType<SignalReading.Partial>(Assert.Single(rehearsed.Evaluations[0].Readings));
    }

    private static IReadOnlyList<ObservedTarget> Two => [Some.Target() with { Id = Broken }, Some.Target() with { Id = Sound }];

    private static TargetRow Drifted(string actor) =>
        new TargetRow { Target = Broken, LastKnownCapacity = 3 }.See(4, Some.Noon, actor);

    private static ScalingCycle Cycle(MemoryStateStore store) => Cycle(store, new FakeTimeProvider(Some.Noon));

    private static ScalingCycle Cycle(MemoryStateStore store, FakeTimeProvider time) =>
        Cycle(store, time, Two, new Dictionary<MonitoredResource, MetricSeries>());

    private static ScalingCycle Cycle(
        MemoryStateStore store, FakeTimeProvider time, IReadOnlyList<ObservedTarget> targets, Dictionary<MonitoredResource, MetricSeries> series)
    {
        var inventory = Substitute.For<ITargetInventory>();
        inventory.ListAsync(default).ReturnsForAnyArgs(new InventoryReading.Complete(targets));
        var metrics = Substitute.For<IMetricSource>();
        metrics.ReadAsync(default!, default).ReturnsForAnyArgs(series);
        var rows = new RowStore(store);
        var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
        return new ScalingCycle(rows, new PredictiveSchedules(new MemoryDocumentStore()), inventory, metrics, new ActionRunner(rows, [], options, time), options, time);
    }
}
