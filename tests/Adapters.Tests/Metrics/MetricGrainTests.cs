using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Metrics;

/// <summary>Weeks of history in longer grains, as forecasts need them.</summary>
public sealed class MetricGrainTests : AzureTest
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static readonly MetricSelector Cpu = new() { Name = "Percentage CPU" };

    private static readonly GeneratedLoad Load = new(new GeneratedLoadShape { Mean = 10, WeekendFactor = 1, BurstsPerDay = 2 }, seed: 7);

    /// <summary>A midnight so long ago that every minute before is out.</summary>
    private DateTimeOffset Now => Sandbox.Clock.GetUtcNow().AddDays(-1);

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web") with { Load = Load }, .. Enumerable.Range(0, 49).Select(index => Spec($"we{index:00}"))]),
    };

    [Theory]
    [InlineData(1, "PT1M")]
    [InlineData(5, "PT5M")]
    [InlineData(15, "PT15M")]
    [InlineData(30, "PT30M")]
    [InlineData(60, "PT1H")]
    [InlineData(360, "PT6H")]
    [InlineData(720, "PT12H")]
    [InlineData(1440, "P1D")]
    public async Task Asks_for_the_grain_as_Azure_writes_it(int minutes, string interval)
    {
        var points = await PointsAsync(TimeSpan.FromDays(2), TimeSpan.FromMinutes(minutes));

        Assert.Equal(2880 / minutes, points.Count);
        Assert.Contains($"&interval={interval}&", Assert.Single(Received).PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quarter_of_an_hour_is_the_mean_of_its_minutes()
    {
        var minutes = await PointsAsync(TimeSpan.FromDays(1), TimeSpan.FromMinutes(1));
        var quarters = await PointsAsync(TimeSpan.FromDays(1), Quarter);

        Assert.Equal(96, quarters.Count);
        Assert.All(minutes.Chunk(15).Zip(quarters), pair =>
        {
            Assert.Equal((pair.First[0].At, pair.First.Sum(point => point.Count)), (pair.Second.At, pair.Second.Count));
            Assert.Equal(pair.First.Sum(point => point.Value!.Value * point.Count!.Value) / pair.Second.Count!.Value, pair.Second.Value!.Value, 1e-9);
        });
    }

    /// <summary>15 samples of each instance, and the load as it was: one instance carries a demand of 1 at 80 %.</summary>
    [Fact]
    public async Task Two_weeks_back_there_are_days_and_nights()
    {
        var points = await PointsAsync(TimeSpan.FromDays(14), Quarter);

        Assert.Equal((14 * 96, Now.AddDays(-14)), (points.Count, points[0].At));
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.Equal(Quarter, pair.Second.At - pair.First.At));
        var demand = points.ConvertAll(point => point.Value!.Value * point.Count!.Value / 15 / 80);
        Assert.All(points.Zip(demand), pair => Assert.Equal(Enumerable.Range(0, 15).Average(minute => Load.DemandAt(pair.First.At.AddMinutes(minute))), pair.Second, 1e-6));
        var days = points.Zip(demand).GroupBy(pair => pair.First.At.Date).ToList();
        Assert.Equal(14, days.Count);
        Assert.All(days, day => Assert.InRange(day.Max(pair => pair.Second) / day.Min(pair => pair.Second), 2.5, 15));
    }

    /// <summary>A grain that the end of the span cuts would be made of fewer minutes than it says.</summary>
    [Theory]
    [InlineData(0, 0, 4)]
    [InlineData(0, 14, 4)]
    [InlineData(-1, 0, 4)]
    [InlineData(1, 0, 3)]
    [InlineData(7, 7, 3)]
    public async Task Only_whole_grains_are_answered(int fromMinutes, int toMinutes, int expected)
    {
        var begin = Now.AddHours(-10);

        var points = await PointsAsync(new MetricRequest([Resource("web")], Cpu, begin.AddMinutes(fromMinutes), begin.AddMinutes(60 + toMinutes)) { Grain = Quarter });

        Assert.Equal(expected, points.Count);
        Assert.All(points, point => Assert.True(point.At >= begin.AddMinutes(fromMinutes) && point.At + Quarter <= begin.AddMinutes(60 + toMinutes)));
    }

    /// <summary>Azure answers the last 31 days of a longer span, without a word.</summary>
    [Fact]
    public async Task A_long_span_is_asked_for_in_pieces()
    {
        var hour = TimeSpan.FromHours(1);

        var points = await PointsAsync(TimeSpan.FromDays(75), hour);

        Assert.Equal(3, Received.Count);
        Assert.Equal([.. Enumerable.Range(0, 75 * 24).Select(index => Now.AddDays(-75) + (index * hour))], points.Select(point => point.At));
        Assert.All(points, point => Assert.NotNull(point.Value));
    }

    [Fact]
    public async Task Pieces_of_a_split_are_put_together_by_instance()
    {
        var byInstance = Cpu with { Dimensions = [new MetricDimension("VMName", ["we00_0", "we00_1"])] };
        var series = await ReadAsync(new MetricRequest([Resource("we00")], byInstance, Now.AddDays(-45), Now) { Grain = TimeSpan.FromDays(1) });

        var split = Assert.IsType<MetricSeries.Split>(series[Resource("we00")]);

        Assert.Equal(["we00_0", "we00_1"], split.Parts.Select(part => part.Values["VMName"]).Order());
        Assert.All(split.Parts, part => Assert.Equal(45, part.Points.Count));
    }

    /// <summary>Half of a history would read as weeks without load.</summary>
    [Fact]
    public async Task A_piece_that_cannot_be_read_fails_the_resource()
    {
        Fault(new AnswerWith(403), times: 1, skip: 1);

        var series = await ReadAsync(new MetricRequest([Resource("web")], Cpu, Now.AddDays(-75), Now) { Grain = TimeSpan.FromHours(1) });

        Assert.IsType<MetricSeries.Failed>(series[Resource("web")]);
    }

    /// <summary>Fifty resources for ten minutes are one call; for two weeks their answer would be too long.</summary>
    [Fact]
    public async Task A_call_asks_for_fewer_resources_when_each_has_much_to_tell()
    {
        var resources = Enumerable.Range(0, 49).Select(index => Resource($"we{index:00}")).Append(Resource("web")).ToList();
        await ReadAsync(new MetricRequest(resources, Cpu, Now.AddMinutes(-10), Now));
        Assert.Single(Received);

        var series = await ReadAsync(new MetricRequest(resources, Cpu, Now.AddDays(-14), Now) { Grain = Quarter });

        Assert.Equal(3, Received.Count);
        Assert.Equal(50, series.Values.OfType<MetricSeries.Received>().Count(each => each.Points.Count == 14 * 96));
    }

    [Fact]
    public async Task A_throttled_history_is_read_when_it_may_be()
    {
        Fault(new Throttle(20), times: 2, skip: 1);

        Assert.Equal(75 * 24, (await PointsAsync(TimeSpan.FromDays(75), TimeSpan.FromHours(1))).Count);
    }

    private static MonitoredResource Resource(string name) => MonitoredResource.Parse(Id(name).Value, "westeurope");

    private Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request) =>
        new BatchMetricSource(Connect()).ReadAsync(request, Cancellation);

    private Task<List<MetricPoint>> PointsAsync(TimeSpan back, TimeSpan grain) =>
        PointsAsync(new MetricRequest([Resource("web")], Cpu, Now - back, Now) { Grain = grain });

    private async Task<List<MetricPoint>> PointsAsync(MetricRequest request) =>
        [.. Assert.IsType<MetricSeries.Received>((await ReadAsync(request))[Resource("web")]).Points];
}
