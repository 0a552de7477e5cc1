using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Adapters.Tests.AppService;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Metrics;

public sealed class PlanMetricTests : PlanTest
{
    [Fact]
    public async Task The_mean_of_a_plan_is_read_and_no_count_is_asked_for_or_believed()
    {
        var points = await ReadAsync();

        Assert.Equal(40, points[0].Value);
        Assert.All(points, point => Assert.Null(point.Count));
        var asked = Assert.Single(Received).PathAndQuery;
        Assert.Contains("metricnamespace=Microsoft.Web%2Fserverfarms&metricnames=CpuPercentage&aggregation=average&", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_that_comes_unasked_is_not_believed()
    {
        Fault(new AnswerWith(200, Body: $$"""
            {"values":[{"resourceid":"{{Portal}}","interval":"PT1M","value":[{"name":{"value":"CpuPercentage"},"timeseries":[{"data":[
              {"timeStamp":"{{Sandbox.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}","average":50,"count":1}]}]}]}]}
            """));

        Assert.Null(Assert.Single(await ReadAsync()).Count);
    }

    private async Task<IReadOnlyList<MetricPoint>> ReadAsync()
    {
        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(5), Cancellation);
        var now = Sandbox.Clock.GetUtcNow();
        var portal = MonitoredResource.Parse(Portal.Value, "westeurope");
        var request = new MetricRequest([portal], new MetricSelector { Name = "CpuPercentage" }, now.AddMinutes(-5), now);
        var series = await new BatchMetricSource(Connect()).ReadAsync(request, Cancellation);
        return Assert.IsType<MetricSeries.Received>(series[portal]).Points;
    }
}
