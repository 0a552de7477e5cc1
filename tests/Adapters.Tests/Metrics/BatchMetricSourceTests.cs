using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Metrics;

public sealed class BatchMetricSourceTests : AzureTest
{
    private static readonly IReadOnlyList<ScaleSetSpec> Fleet =
    [
        .. Enumerable.Range(0, 120).Select(index => Spec($"we{index:000}")),
        .. Enumerable.Range(0, 3).Select(index => Spec($"ne{index}", region: "northeurope")),
        .. Enumerable.Range(0, 2).Select(index => Spec($"other{index}", Other)),
    ];

    protected override SandboxOptions Options() => base.Options() with { Estate = new EstateSpec(Fleet) };

    [Fact]
    public async Task Asks_for_many_resources_a_call_grouped_by_subscription_and_region()
    {
        var series = await ReadAsync(Fleet.Select(Observed));

        Assert.Equal(125, series.Values.OfType<MetricSeries.Received>().Count());
        Assert.Equal(5, Received.Count);
        Assert.Equal(3, Received.Count(request => request.Host == "westeurope.metrics.monitor.azure.com" && request.PathAndQuery.Contains(Subscription)));
        Assert.Equal(1, Received.Count(request => request.Host == "northeurope.metrics.monitor.azure.com"));
        Assert.Equal(1, Received.Count(request => request.PathAndQuery.Contains(Other)));
    }

    [Fact]
    public async Task Asks_as_the_specification_says()
    {
        var now = Sandbox.Clock.GetUtcNow();
        await ReadAsync([Observed(Fleet[0])]);

        Assert.Equal(
            $"/subscriptions/{Subscription}/metrics:getBatch?starttime={now.AddMinutes(-10):yyyy-MM-ddTHH}%3A{now.AddMinutes(-10):mm}%3A00.000Z"
            + $"&endtime={now:yyyy-MM-ddTHH}%3A{now:mm}%3A00.000Z&interval=PT1M"
            + "&metricnamespace=Microsoft.Compute%2FvirtualMachineScaleSets&metricnames=Percentage%20CPU&aggregation=average%2Ccount"
            + "&api-version=2024-02-01",
            Assert.Single(Received).PathAndQuery);
    }

    [Fact]
    public async Task A_target_asked_for_twice_is_read_once_whatever_its_case()
    {
        var upper = Observed(Fleet[0]) with { Id = TargetId.Parse(Fleet[0].Id.Value.ToUpperInvariant()), Region = "West Europe" };

        Assert.Single(await ReadAsync([Observed(Fleet[0]), upper, Observed(Fleet[0])]));
        Assert.Single(Received);
    }

    [Fact]
    public async Task Minutes_that_are_not_out_yet_have_no_numbers()
    {
        var points = Points((await ReadAsync([Observed(Fleet[0])]))[Fleet[0].Id]);

        Assert.Equal(10, points.Count);
        Assert.All(points.Take(9), point => Assert.Equal(4, point.Count));
        Assert.All(points.Take(9), point => Assert.InRange(point.Value!.Value, 1, 100));
        Assert.Equal((null, null), (points[9].Value, points[9].Count));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 10)]
    public async Task Data_without_numbers_is_received_and_never_zero(bool keepsPoints, int points)
    {
        Fault(new EmptyMetrics(keepsPoints));

        var received = Points((await ReadAsync([Observed(Fleet[0])]))[Fleet[0].Id]);

        Assert.Equal(points, received.Count);
        Assert.All(received, point => Assert.Null(point.Value));
    }

    [Fact]
    public async Task Numbers_that_cannot_be_are_nothing()
    {
        var at = Sandbox.Clock.GetUtcNow().AddMinutes(-5).ToString("yyyy-MM-ddTHH:mm:ssZ");
        Fault(new AnswerWith(200, Body: $$$$"""
            {"values":[{"resourceid":"{{{{Fleet[0].Id}}}}","value":[{"name":{"value":"Percentage CPU"},"timeseries":[{"data":[
              {"timeStamp":"{{{{at}}}}","average":1e400,"count":-4}]}]}]}]}
            """));

        Assert.Equal([new MetricPoint(Sandbox.Clock.GetUtcNow().AddMinutes(-5), null, null)], Points((await ReadAsync([Observed(Fleet[0])]))[Fleet[0].Id]));
    }

    [Fact]
    public async Task Grains_moved_out_of_the_span_are_dropped()
    {
        Fault(new ShiftMetrics(TimeSpan.FromDays(3650)));

        Assert.Empty(Points((await ReadAsync([Observed(Fleet[0])]))[Fleet[0].Id]));
    }

    [Fact]
    public async Task A_resource_the_answer_leaves_out_has_failed()
    {
        var series = await ReadAsync([Observed(Fleet[0]), Observed(Fleet[0]) with { Id = Id("gone") }]);

        Assert.IsType<MetricSeries.Received>(series[Fleet[0].Id]);
        Assert.IsType<MetricSeries.Failed>(series[Id("gone")]);
        Assert.Single(Received);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(49)]
    public async Task One_bad_resource_costs_some_calls_and_only_its_own_answer(int place)
    {
        var targets = Fleet.Take(49).Select(Observed).ToList();
        targets.Insert(place, Elsewhere(120));

        var series = await ReadAsync(targets);

        Assert.Equal(Fleet[120].Id, Assert.Single(series, pair => pair.Value is MetricSeries.Failed).Key);
        Assert.Equal(50, series.Count);
        Assert.InRange(Received.Count, 11, 13);
    }

    [Fact]
    public async Task The_search_for_bad_resources_is_bounded()
    {
        var series = await ReadAsync(Fleet.Take(50).Select(Observed), "Unheard-of Metric");

        Assert.Equal(50, series.Values.OfType<MetricSeries.Failed>().Count());
        Assert.InRange(Received.Count, 2, 25);
    }

    [Theory]
    [InlineData(500, 4)]
    [InlineData(401, 2)]
    [InlineData(429, 4)]
    public async Task A_failing_service_is_not_asked_for_less(int status, int atMost)
    {
        Fault(new AnswerWith(status));

        var series = await ReadAsync(Fleet.Take(50).Select(Observed));

        Assert.Equal(50, series.Values.OfType<MetricSeries.Failed>().Count());
        Assert.InRange(Received.Count, 1, atMost);
    }

    [Fact]
    public async Task One_group_that_fails_does_not_touch_the_others()
    {
        Fault(new DropBeforeLanding(), target: "northeurope");

        var series = await ReadAsync(Fleet.Select(Observed));

        Assert.Equal(Fleet.Where(spec => spec.Region == "northeurope").Select(spec => spec.Id).Order(ById), Failed(series).Order(ById));
    }

    [Fact]
    public async Task A_throttled_call_is_tried_again_as_told()
    {
        var start = Sandbox.Clock.GetUtcNow();
        Fault(new Throttle(5), times: 1);

        Assert.IsType<MetricSeries.Received>((await ReadAsync([Observed(Fleet[0])]))[Fleet[0].Id]);
        Assert.Equal(TimeSpan.FromSeconds(5), Sandbox.Clock.GetUtcNow() - start);
    }

    [Theory]
    [InlineData("")]
    [InlineData("evil.example/")]
    [InlineData("evil.example#")]
    [InlineData("a.b")]
    public async Task A_region_that_is_none_has_failed_without_a_request(string region)
    {
        Assert.IsType<MetricSeries.Failed>((await ReadAsync([Observed(Fleet[0]) with { Region = region }]))[Fleet[0].Id]);
        Assert.Empty(Received);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"values":[]}""")]
    public async Task Garbage_has_failed(string body)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.IsType<MetricSeries.Failed>((await ReadAsync([Observed(Fleet[0])]))[Fleet[0].Id]);
    }

    [Fact]
    public async Task Nothing_asked_is_nothing_sent()
    {
        Assert.Empty(await ReadAsync([]));
        Assert.Empty(Received);
    }

    [Fact]
    public async Task Cancellation_is_thrown()
    {
        using var source = new CancellationTokenSource();
        Sandbox.Observer = (_, _) => new ValueTask(source.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new BatchMetricSource(Connect()).ReadAsync(Request([Observed(Fleet[0])]), source.Token));
    }

    private static Comparer<TargetId> ById { get; } = Comparer<TargetId>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key));

    /// <summary>By target: all that is asked for here is a target's own.</summary>
    private async Task<IReadOnlyDictionary<TargetId, MetricSeries>> ReadAsync(IEnumerable<ObservedTarget> targets, string metric = "Percentage CPU") =>
        (await new BatchMetricSource(Connect()).ReadAsync(Request(targets, metric), Cancellation)).ToDictionary(each => TargetId.Parse(each.Key.Id), each => each.Value);

    private MetricRequest Request(IEnumerable<ObservedTarget> targets, string metric = "Percentage CPU") =>
        new([.. targets.Select(MonitoredResource.Of)], new MetricSelector { Name = metric }, Sandbox.Clock.GetUtcNow().AddMinutes(-10), Sandbox.Clock.GetUtcNow());

    private ObservedTarget Observed(ScaleSetSpec spec) => new()
    {
        Id = spec.Id,
        Region = spec.Region,
        Sku = spec.Sku,
        Capacity = 4,
        IsUpdating = false,
        Tags = new TargetTags.Known(spec.Tags),
        ReadAt = Sandbox.Clock.GetUtcNow(),
    };

    // The sandbox refuses a whole batch for one resource of another region, as Azure does.
    private ObservedTarget Elsewhere(int index) => Observed(Fleet[index]) with { Region = "westeurope" };

    private static IEnumerable<TargetId> Failed(IReadOnlyDictionary<TargetId, MetricSeries> series) =>
        series.Where(pair => pair.Value is MetricSeries.Failed).Select(pair => pair.Key);

    private static IReadOnlyList<MetricPoint> Points(MetricSeries series) => Assert.IsType<MetricSeries.Received>(series).Points;
}
