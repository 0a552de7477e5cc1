using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Metrics;

public sealed class MetricDefinitionSourceTests : AzureTest
{
    [Fact]
    public async Task Reads_names_aggregations_and_dimensions()
    {
        var read = Assert.IsType<MetricDefinitions.Read>(await ReadAsync(Web.Value));

        Assert.Equal(
            ["Percentage CPU", "Network In Total", "Network Out Total", "Disk Read Bytes", "Disk Write Bytes", "Disk Read Operations/Sec", "Disk Write Operations/Sec", "Available Memory Bytes", "Available Memory Percentage"],
            read.Metrics.Select(metric => metric.Name));
        Assert.Equal(Enum.GetValues<MetricAggregation>().Order(), read.Metrics[0].Aggregations.Order());
        Assert.Equal(["VMName"], read.Metrics[0].Dimensions);
    }

    [Fact]
    public async Task Another_namespace_has_its_own() =>
        Assert.Empty(Assert.IsType<MetricDefinitions.Read>(await ReadAsync(Web.Value, "Azure.VM.Linux.GuestMetrics")).Metrics);

    [Fact]
    public async Task A_resource_that_is_not_there_is_unreadable() => Assert.Contains(
        "ResourceNotFound", Assert.IsType<MetricDefinitions.Unreadable>(await ReadAsync(Id("gone").Value)).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task Garbage_is_unreadable(string body)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.IsType<MetricDefinitions.Unreadable>(await ReadAsync(Web.Value));
    }

    [Fact]
    public async Task What_a_description_does_not_say_is_left_open()
    {
        Fault(new AnswerWith(200, Body: """{"value":[{"name":{"value":"a"},"supportedAggregationTypes":["None","Average",7]},{"name":"b"},7]}"""));

        var metric = Assert.Single(Assert.IsType<MetricDefinitions.Read>(await ReadAsync(Web.Value)).Metrics);
        Assert.Equal(("a", MetricAggregation.Average), (metric.Name, Assert.Single(metric.Aggregations)));
        Assert.Empty(metric.Dimensions);
    }

    private Task<MetricDefinitions> ReadAsync(string resource, string metricNamespace = "") =>
        new MetricDefinitionSource(Connect()).ReadAsync(MonitoredResource.Parse(resource, "westeurope"), metricNamespace, Cancellation);
}
