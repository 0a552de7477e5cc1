using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Who changed a capacity that was not ours, by the activity log, which is late and may not answer.</summary>
public sealed class DriftActorsTests
{
    private readonly IActivityLog _log = Substitute.For<IActivityLog>();
    private readonly MemoryStateStore _store = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_told_with_the_evaluation_after_the_one_that_saw_it()
    {
        Answers(new ActivityReading.Read(
        [
            Record(0.9, "ann@contoso.com"), Record(0.8, "ann@contoso.com"), Record(0.7, "pipeline", status: "Failed"), Record(0.5, "bob@contoso.com"), Record(-9, "eve"),
        ]));

        await EvaluateAsync(4);
        await EvaluateAsync(7);
        await EvaluateAsync(7);
        await EvaluateAsync(7);

        Assert.Equal(
            [
                "the capacity is 7, not 4, and it was not us",
                $"the change from 4 to 7 instances, seen at 2026-03-02 12:01:00Z: {Some.ScaleSet}/write by ann@contoso.com at 12:00:54"
                + $" and {Some.ScaleSet}/write by bob@contoso.com at 12:00:30, says the activity log",
            ],
            Drifts);
        Assert.Single(_log.ReceivedCalls());
    }

    [Fact]
    public async Task A_log_that_is_late_is_asked_again_and_not_for_ever()
    {
        Answers(new ActivityReading.Read([]));
        await EvaluateAsync(4);
        for (var minute = 0; minute < 40; minute++)
        {
            await EvaluateAsync(7);
        }

        Assert.Equal((1, 4), (Drifts.Count(), _log.ReceivedCalls().Count()));
    }

    [Fact]
    public async Task A_log_that_does_not_answer_costs_seconds_and_holds_nothing_back()
    {
        _log.ReadAsync(Some.Id(), default, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call => NeverAsync(call.Arg<CancellationToken>()));

        await EvaluateAsync(4);
        await EvaluateAsync(7);
        var report = await EvaluateAsync(7);

        Assert.Single(_log.ReceivedCalls());
        Assert.Equal(ReportKind.Hold, Assert.Single(report.Targets).Kind);
        Assert.Single(Drifts);
    }

    private async Task<ActivityReading> NeverAsync(CancellationToken cancellationToken)
    {
        var waiting = Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        _time.Advance(TimeSpan.FromSeconds(6));
        await waiting;
        return new ActivityReading.Unreadable("never");
    }

    private IEnumerable<string> Drifts => _store.Chain(Some.Id()).Where(entry => entry.Kind == JournalKind.Drift).Select(entry => entry.Text);

    private static ActivityRecord Record(double minutes, string caller, string status = "Succeeded") =>
        new(Some.At(minutes), caller, $"{Some.ScaleSet}/write", Some.Id().Value, status);

    private void Answers(ActivityReading reading) => _log.ReadAsync(Some.Id(), default, default, default).ReturnsForAnyArgs(reading);

    private async Task<TickReport> EvaluateAsync(int capacity)
    {
        var target = Some.Target(capacity) with { ReadAt = _time.GetUtcNow() };
        var inventory = Substitute.For<ITargetInventory>();
        inventory.ListAsync(default).ReturnsForAnyArgs(new InventoryReading.Complete([target]));
        var metrics = Substitute.For<IMetricSource>();
        metrics.ReadAsync(default!, default).ReturnsForAnyArgs(new Dictionary<MonitoredResource, MetricSeries>());
        var rows = new RowStore(_store);
        var options = new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act };
        var report = await new ScalingCycle(
            rows, new PredictiveSchedules(new MemoryDocumentStore()), inventory, metrics, new ActionRunner(rows, Array.Empty<ITargetKind>(), options, _time),
            options, _time, activityLog: _log).RunAsync(Some.Policies(), Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        return report;
    }
}
