using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.World;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Throttling;

/// <summary>What is sent when Azure has little room, judged by what arrives.</summary>
public sealed class ThrottlingTests : AzureTest
{
    private static readonly ScaleSetSpec[] Fleet = [.. Enumerable.Range(0, 200).Select(index => Spec($"s{index}"))];

    protected override SandboxOptions Options() => new() { Estate = new EstateSpec(Fleet), Throttle = new ThrottleLimits { Reads = new BucketSize(60, 5) } };

    [Fact]
    public async Task In_a_storm_little_more_is_offered_than_is_needed()
    {
        var target = Target(Connect());
        for (var second = 0; second < 5; second++)
        {
            // Each time a few get through first, then everything is refused until the storm moves on.
            Sandbox.Faults.Add(new FaultRule
            {
                Effect = new Throttle(4),
                From = Sandbox.Clock.GetUtcNow().AddSeconds(20 * second),
                Until = Sandbox.Clock.GetUtcNow().AddSeconds((20 * second) + 3),
            });
        }

        var readings = await ReadAllAsync(target, Fleet);

        Assert.Equal(200, readings.OfType<CapacityReading.Read>().Count());
        Assert.InRange(Received.Count, 200, 220);
        Assert.InRange(Sandbox.Requests.Throttled, 1, 20);
    }

    [Fact]
    public async Task The_buckets_of_Azure_are_respected_without_a_single_refusal_once_their_size_is_known()
    {
        var start = Sandbox.Clock.GetUtcNow();

        var readings = await ReadAllAsync(Target(Connect()), Fleet);

        Assert.Equal(200, readings.OfType<CapacityReading.Read>().Count());
        Assert.InRange(Received.Count, 200, 220);
        Assert.InRange((Sandbox.Clock.GetUtcNow() - start).TotalSeconds, 20, 60);
    }

    [Fact]
    public async Task What_would_wait_past_the_deadline_is_deferred_and_told_and_not_sent()
    {
        using var measured = new Measurements(ThrottleMeter.Name);
        var arm = Connect();
        Fault(new Throttle(15), times: 1);
        using var turn = arm.Connection.Deadline.Begin(Sandbox.Clock.GetUtcNow().AddSeconds(10));

        var first = Assert.IsType<CapacityReading.Unreadable>(await Target(arm).ReadAsync(Fleet[0].Id, Cancellation));
        var later = (await ReadAllAsync(Target(arm), Fleet[1..])).Cast<CapacityReading.Unreadable>().ToList();

        Assert.Contains("429", first.Reason, StringComparison.Ordinal);
        Assert.Equal(199, later.Count);
        Assert.All(later, reading => Assert.Contains(
            $"deferred at 00:00:00, reads of Microsoft.Compute in subscription {Subscription}: 429, and to wait 15 s", reading.Reason, StringComparison.Ordinal));
        Assert.Single(Received);
        Assert.Equal([("Microsoft.Compute read", 1d)], measured.Sums("scalefunctions.throttle.refusals").Select(each => (each.Key, each.Value)));
        Assert.Equal(199, measured.Sums("scalefunctions.throttle.deferrals")["Microsoft.Compute read"]);
        Assert.Equal(1, measured.Sums("scalefunctions.azure.requests")["Microsoft.Compute read 429"]);
    }

    [Fact]
    public async Task A_deferred_metric_is_missing_and_a_deferred_list_makes_the_inventory_partial()
    {
        var arm = Connect();
        Fault(new Throttle(3600));
        using var turn = arm.Connection.Deadline.Begin(Sandbox.Clock.GetUtcNow().AddSeconds(10));
        await Target(arm).ReadAsync(Fleet[0].Id, Cancellation);

        var seen = Assert.IsType<InventoryReading.Partial>(await new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription]).ListAsync(Cancellation));
        await MetricsAsync(arm);
        var series = await MetricsAsync(arm);

        Assert.Contains("deferred", seen.Reason, StringComparison.Ordinal);
        Assert.All(series, each => Assert.Contains("deferred", Assert.IsType<MetricSeries.Failed>(each).Reason, StringComparison.Ordinal));
        Assert.Equal((1, 1), (Count(RequestKind.ScaleSet), Count(RequestKind.MetricsBatch)));
        Assert.Equal(0, Count(RequestKind.ScaleSetList));
    }

    [Fact]
    public async Task After_a_refusal_one_goes_ahead_and_the_others_follow()
    {
        var target = Target(Connect());
        Fault(new Throttle(5), times: 1);
        Assert.IsType<CapacityReading.Read>(await target.ReadAsync(Fleet[0].Id, Cancellation));
        var sent = Received.Count;

        var readings = await ReadAllAsync(target, Fleet[..20]);

        Assert.Equal((2, 20), (sent, readings.OfType<CapacityReading.Read>().Count()));
        Assert.Equal(22, Received.Count);
    }

    [Fact]
    public async Task A_service_that_is_down_is_left_alone_after_some_faults_and_asked_again_by_one_request()
    {
        var target = Target(Connect());
        Fault(new AnswerWith(500));
        var down = await ReadAllAsync(target, Fleet[..100]);
        var sent = Received.Count;
        Sandbox.Faults.Clear();
        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);

        var again = await ReadAllAsync(target, Fleet[..20]);

        // Without the circuit each of the hundred would be tried four times.
        Assert.All(down, reading => Assert.IsType<CapacityReading.Unreadable>(reading));
        Assert.InRange(sent, 8, 20);
        Assert.All(again, reading => Assert.IsType<CapacityReading.Read>(reading));
        Assert.Equal(20, Received.Count - sent);
    }

    [Fact]
    public async Task Another_subscription_and_another_provider_are_not_touched()
    {
        var arm = Connect();
        Fault(new Throttle(3600), target: "virtualMachineScaleSets");
        using var turn = arm.Connection.Deadline.Begin(Sandbox.Clock.GetUtcNow().AddSeconds(10));
        await Target(arm).ReadAsync(Fleet[0].Id, Cancellation);
        Sandbox.Faults.Clear();

        Assert.Contains("deferred", Assert.IsType<CapacityReading.Unreadable>(await Target(arm).ReadAsync(Fleet[0].Id, Cancellation)).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("deferred", Assert.IsType<CapacityReading.Unreadable>(await Target(arm).ReadAsync(Id("s0", Other), Cancellation)).Reason, StringComparison.Ordinal);
        Assert.All(await MetricsAsync(arm), each => Assert.IsType<MetricSeries.Received>(each));
    }

    /// <summary>Compute tells what is left of limits of its own, which are of operations and not of the subscription.</summary>
    [Fact]
    public async Task A_limit_that_an_answer_says_is_used_up_is_not_tried()
    {
        using var measured = new Measurements(ThrottleMeter.Name);
        var arm = Connect();
        var start = Sandbox.Clock.GetUtcNow();
        UsedUp("Microsoft.Compute/HighCostGet3Min;0,Microsoft.Compute/LowCostGet3Min;237", times: 1);
        await Target(arm).ReadAsync(Fleet[0].Id, Cancellation);
        Assert.Single(Received);

        Assert.IsType<CapacityReading.Read>(await Target(arm).ReadAsync(Fleet[1].Id, Cancellation));

        Assert.InRange((Sandbox.Clock.GetUtcNow() - start).TotalSeconds, 7, 13);
        Assert.InRange(measured.Of("scalefunctions.throttle.wait").Sum(each => each.Value), 7, 13);
        Assert.Equal(2, Received.Count);
    }

    [Fact]
    public async Task What_would_wait_for_a_limit_that_is_used_up_past_the_deadline_is_deferred()
    {
        var arm = Connect();
        UsedUp("Microsoft.Compute/HighCostGet3Min;0");
        using var turn = arm.Connection.Deadline.Begin(Sandbox.Clock.GetUtcNow().AddSeconds(5));
        await Target(arm).ReadAsync(Fleet[0].Id, Cancellation);

        var deferred = Assert.IsType<CapacityReading.Unreadable>(await Target(arm).ReadAsync(Fleet[1].Id, Cancellation));

        Assert.Contains("Microsoft.Compute/HighCostGet3Min is used up", deferred.Reason, StringComparison.Ordinal);
        Assert.Single(Received);
    }

    [Fact]
    public async Task A_limit_with_room_stops_nothing()
    {
        var arm = Connect();
        var start = Sandbox.Clock.GetUtcNow();
        UsedUp("Microsoft.Compute/HighCostGet3Min;1,Microsoft.Compute/LowCostGet3Min;237", times: 1);

        await Target(arm).ReadAsync(Fleet[0].Id, Cancellation);
        await Target(arm).ReadAsync(Fleet[1].Id, Cancellation);

        Assert.Equal(start, Sandbox.Clock.GetUtcNow());
    }

    private void UsedUp(string limits, int? times = null) => Fault(
        new AnswerWith(200, Body: Answers.ScaleSet(Fleet[0].Id, "{}"), Headers: new Dictionary<string, string> { ["x-ms-ratelimit-remaining-resource"] = limits }), times: times);

    [Fact]
    public async Task A_write_never_waits()
    {
        var arm = Connect();
        var read = Assert.IsType<CapacityReading.Read>(await Target(arm).ReadAsync(Fleet[0].Id, Cancellation));
        Fault(new Throttle(1), method: "PATCH", times: 1);
        var refused = Assert.IsType<WriteResult.Rejected>(await Target(arm).WriteAsync(new CapacityWrite(Fleet[0].Id, 5, read.ETag), Cancellation));
        var deferred = Assert.IsType<WriteResult.Rejected>(await Target(arm).WriteAsync(new CapacityWrite(Fleet[0].Id, 5, read.ETag), Cancellation));
        await Sandbox.Clock.SpendAsync(TimeSpan.FromSeconds(1), Cancellation);

        Assert.Equal((FailureClass.Throttled, FailureClass.Throttled, "Deferred"), (refused.Class, deferred.Class, deferred.Code));
        Assert.IsType<WriteResult.Accepted>(await Target(arm).WriteAsync(new CapacityWrite(Fleet[0].Id, 5, read.ETag), Cancellation));
        Assert.Equal([429, 200], Sandbox.Writes.All.Select(write => write.Status!.Value));
    }

    [Fact]
    public async Task A_probe_that_is_called_back_lets_another_go()
    {
        var target = Target(Connect());
        Fault(new Throttle(1), times: 1, method: "GET");
        using var source = new CancellationTokenSource();
        Sandbox.Observer = async (seen, _) =>
        {
            if (seen is { Moment: RequestMoment.Received, Sequence: 2 })
            {
                await source.CancelAsync();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.ReadAsync(Fleet[0].Id, source.Token));
        Sandbox.Observer = null;

        Assert.IsType<CapacityReading.Read>(await target.ReadAsync(Fleet[1].Id, Cancellation));
    }

    private static ScaleSetTarget Target(ArmPipelines arm) => new(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm));

    private static async Task<IReadOnlyList<CapacityReading>> ReadAllAsync(ScaleSetTarget target, ScaleSetSpec[] specs)
    {
        var readings = new CapacityReading[specs.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, specs.Length),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation },
            async (index, cancellation) => readings[index] = await target.ReadAsync(specs[index].Id, cancellation));
        return readings;
    }

    private async Task<IEnumerable<MetricSeries>> MetricsAsync(ArmPipelines arm)
    {
        var now = Sandbox.Clock.GetUtcNow();
        var resources = new[] { MonitoredResource.Parse(Fleet[0].Id.Value, Fleet[0].Region) };
        return (await new BatchMetricSource(arm).ReadAsync(
            new MetricRequest(resources, new MetricSelector { Name = "Percentage CPU" }, now.AddMinutes(-10), now), Cancellation)).Values;
    }
}
