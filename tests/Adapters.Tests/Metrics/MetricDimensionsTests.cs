using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Metrics;

/// <summary>Metrics by aggregation and dimension, of the target itself and of other resources.</summary>
public sealed class MetricDimensionsTests : AzureTest
{
    private static readonly MetricSelector ByInstance = new() { Name = "Percentage CPU", Dimensions = [new MetricDimension("VMName", [])] };

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web"), Spec("api", region: "northeurope")]),
    };

    [Theory]
    [InlineData(MetricAggregation.Average, "average%2Ccount")]
    [InlineData(MetricAggregation.Minimum, "minimum%2Ccount")]
    [InlineData(MetricAggregation.Maximum, "maximum%2Ccount")]
    [InlineData(MetricAggregation.Total, "total%2Ccount")]
    [InlineData(MetricAggregation.Count, "count")]
    public async Task Asks_for_the_aggregation_and_the_count(MetricAggregation aggregation, string asked)
    {
        await ReadAsync(new MetricSelector { Name = "Percentage CPU", Aggregation = aggregation });

        Assert.Contains($"&aggregation={asked}&", Assert.Single(Received).PathAndQuery, StringComparison.Ordinal);
    }

    /// <summary>Four instances at 40 % with one of them at 95 %; two demands of 60 MB a minute in all.</summary>
    [Theory]
    [InlineData("Percentage CPU", MetricAggregation.Average, 53.75)]
    [InlineData("Percentage CPU", MetricAggregation.Minimum, 40)]
    [InlineData("Percentage CPU", MetricAggregation.Maximum, 95)]
    [InlineData("Percentage CPU", MetricAggregation.Count, 4)]
    [InlineData("Network In Total", MetricAggregation.Total, 120_000_000)]
    [InlineData("Network In Total", MetricAggregation.Average, 30_000_000)]
    public async Task Reads_each_aggregation(string metric, MetricAggregation aggregation, double value)
    {
        Fault(new HotInstance(95));

        var point = Assert.IsType<MetricSeries.Received>(await ReadAsync(new MetricSelector { Name = metric, Aggregation = aggregation })).Points[0];

        Assert.Equal((value, 4), (point.Value, point.Count));
    }

    [Fact]
    public async Task Asks_for_dimensions_as_the_specification_says()
    {
        // The sandbox has no such dimensions and refuses, which is not what this is about.
        await ReadAsync(new MetricSelector
        {
            Name = "Percentage CPU",
            Namespace = "microsoft.compute/virtualmachinescalesets",
            Dimensions = [new MetricDimension("Status", ["500", "it's"]), new MetricDimension("Instance", [])],
        });

        var query = Uri.UnescapeDataString(Assert.Single(Received).PathAndQuery);
        Assert.EndsWith("&filter=Status eq '500' or Status eq 'it''s' and Instance eq '*'&top=2000", query, StringComparison.Ordinal);
        Assert.Contains("&metricnamespace=microsoft.compute/virtualmachinescalesets&", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_cannot_end_the_query()
    {
        await ReadAsync(ByInstance with { Dimensions = [new MetricDimension("VMName", ["a' or VMName eq '*&top=1#"])] });

        Assert.DoesNotContain("&top=1#", Assert.Single(Received).PathAndQuery, StringComparison.Ordinal);
        Assert.Empty(Assert.IsType<MetricSeries.Split>(await ReadAsync(ByInstance with { Dimensions = [new MetricDimension("VMName", ["a' or VMName eq '*"])] })).Parts);
    }

    [Fact]
    public async Task A_split_has_a_time_series_for_each_instance()
    {
        Fault(new HotInstance(95));

        var split = Assert.IsType<MetricSeries.Split>(await ReadAsync(ByInstance));

        Assert.Equal(["web_0", "web_1", "web_2", "web_3"], split.Parts.Select(part => part.Values["VMName"]));
        Assert.Equal([95, 40, 40, 40], split.Parts.Select(part => part.Points[0].Value));
    }

    [Fact]
    public async Task Values_that_are_named_are_the_only_ones()
    {
        var split = Assert.IsType<MetricSeries.Split>(await ReadAsync(ByInstance with { Dimensions = [new MetricDimension("VMName", ["web_1", "WEB_3"])] }));

        Assert.Equal(["web_1", "web_3"], split.Parts.Select(part => part.Values["vmname"]));
    }

    /// <summary>From Azure's answer to a decision's number: the hot instance is seen, and missed when it falls silent.</summary>
    [Fact]
    public async Task A_signal_sees_the_hot_instance_and_notices_when_it_is_silent()
    {
        var signal = new SignalPolicy { Name = "hot", From = new SignalSource.Metric(ByInstance) { Combination = InstanceCombination.Maximum } };
        Fault(new HotInstance(95));
        var seen = SignalReader.Read(signal, await ReadAsync(ByInstance), Sandbox.Clock.GetUtcNow(), 4, null);
        Fault(new SilentInstance());
        var missed = SignalReader.Read(signal, await ReadAsync(ByInstance), Sandbox.Clock.GetUtcNow(), 4, null);

        Assert.Equal((95, 4), (Assert.IsType<SignalReading.Present>(seen).Value, ((SignalReading.Present)seen).Instances));
        Assert.Equal((40, 3), (Assert.IsType<SignalReading.Partial>(missed).Value, ((SignalReading.Partial)missed).Instances));
    }

    [Fact]
    public async Task Other_resources_are_read_where_they_are_each_once()
    {
        var (web, api) = (Resource("web", "westeurope"), Resource("api", "North Europe"));
        var series = await new BatchMetricSource(Connect()).ReadAsync(
            Request(new MetricSelector { Name = "Percentage CPU" }, web, api, Resource("API", "northeurope")), Cancellation);

        Assert.Equal(2, series.Count);
        Assert.IsType<MetricSeries.Received>(series[web]);
        Assert.IsType<MetricSeries.Received>(series[api]);
        Assert.Equal(["northeurope.metrics.monitor.azure.com", "westeurope.metrics.monitor.azure.com"], Received.Select(request => request.Host).Order());
    }

    [Fact]
    public async Task A_nested_resource_is_asked_for_by_its_whole_type()
    {
        var database = MonitoredResource.Parse($"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Sql/servers/s/databases/d", "westeurope");
        await new BatchMetricSource(Connect()).ReadAsync(Request(new MetricSelector { Name = "cpu_percent" }, database), Cancellation);

        Assert.Contains("metricnamespace=Microsoft.Sql%2Fservers%2Fdatabases&", Assert.Single(Received).PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"data":[]}]""", "does not say its VMName")]
    [InlineData("""[{"metadatavalues":[{"name":{"value":"other"},"value":"a"}],"data":[]}]""", "does not say its VMName")]
    [InlineData("""[{"metadatavalues":[{"name":{"value":"vmname"},"value":"a"}]}]""", "without data")]
    [InlineData("""[{"metadatavalues":[{"name":{"value":"vmname"},"value":"a"}],"data":[]},{"metadatavalues":[{"name":{"value":"vmname"},"value":"A"}],"data":[]}]""", "two time series")]
    public void An_answer_that_cannot_be_told_apart_has_failed(string timeSeries, string reason) =>
        Assert.Contains(reason, Assert.IsType<MetricSeries.Failed>(Answer(timeSeries)).Reason, StringComparison.Ordinal);

    /// <summary>Azure cuts off after as many as were asked for, without a word.</summary>
    [Theory]
    [InlineData(1999, true)]
    [InlineData(2000, false)]
    public void An_answer_that_may_be_cut_off_has_failed(int count, bool isBelieved)
    {
        var series = Enumerable.Range(0, count).Select(index => string.Create(
            CultureInfo.InvariantCulture, $$"""{"metadatavalues":[{"name":{"value":"vmname"},"value":"vm_{{index}}"}],"data":[]}"""));

        Assert.Equal(isBelieved, Answer($"[{string.Join(',', series)}]") is MetricSeries.Split);
    }

    private static MetricSeries Answer(string timeSeries)
    {
        var resource = Resource("web", "westeurope");
        var now = DateTimeOffset.UnixEpoch;
        using var document = JsonDocument.Parse(
            $$"""{"values":[{"resourceid":"{{resource.Id}}","value":[{"name":{"value":"Percentage CPU"},"timeseries":{{timeSeries}}}]}]}""");
        return MetricBatchAnswer.Read(document.RootElement, new MetricRequest([resource], ByInstance, now, now.AddMinutes(1)))[resource.Id.ToLowerInvariant()];
    }

    private async Task<MetricSeries> ReadAsync(MetricSelector metric)
    {
        var web = Resource("web", "westeurope");
        return (await new BatchMetricSource(Connect()).ReadAsync(Request(metric, web), Cancellation))[web];
    }

    private MetricRequest Request(MetricSelector metric, params MonitoredResource[] resources) =>
        new(resources, metric, Sandbox.Clock.GetUtcNow().AddMinutes(-10), Sandbox.Clock.GetUtcNow());

    private static MonitoredResource Resource(string name, string region) => MonitoredResource.Parse(Id(name).Value, region);
}
