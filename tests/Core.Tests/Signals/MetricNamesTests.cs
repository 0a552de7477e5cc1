using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class MetricNamesTests
{
    private const string Type = "Microsoft.Web/serverfarms";

    private static readonly MetricDefinitions Known = new MetricDefinitions.Read(
    [
        new MetricDefinition("CpuPercentage", [MetricAggregation.Average, MetricAggregation.Maximum], ["Instance"]),
        new MetricDefinition("HttpQueueLength", [], []),
    ]);

    [Fact]
    public void What_is_there_is_found_however_it_is_spelled() => Assert.Empty(Check(new MetricSelector
    {
        Name = "cpupercentage",
        Aggregation = MetricAggregation.Maximum,
        Dimensions = [new MetricDimension("instance", [])],
    }));

    [Fact]
    public void A_metric_that_is_not_there_is_told_with_those_that_are() => Assert.Equal(
        ["metric unknown-metric: Microsoft.Web/serverfarms has no metric 'Cpu'; it has CpuPercentage, HttpQueueLength"], Check(new MetricSelector { Name = "Cpu" }));

    [Fact]
    public void An_aggregation_that_is_not_there_is_told() => Assert.Equal(
        ["aggregation unknown-aggregation: 'CpuPercentage' has no total; it has average, maximum"],
        Check(new MetricSelector { Name = "CpuPercentage", Aggregation = MetricAggregation.Total }));

    [Fact]
    public void A_description_without_aggregations_says_nothing_about_them() =>
        Assert.Empty(Check(new MetricSelector { Name = "HttpQueueLength", Aggregation = MetricAggregation.Total }));

    [Theory]
    [InlineData("CpuPercentage", "dimensions unknown-dimension: 'CpuPercentage' has no dimension 'Zone'; it has Instance")]
    [InlineData("HttpQueueLength", "dimensions unknown-dimension: 'HttpQueueLength' has no dimensions")]
    public void A_dimension_that_is_not_there_is_told(string metric, string finding) => Assert.Equal(
        [finding], Check(new MetricSelector { Name = metric, Dimensions = [new MetricDimension("Zone", ["1"])] }));

    [Fact]
    public void What_could_not_be_read_is_told_and_not_taken_for_right() => Assert.Equal(
        ["metric not-checked: the metrics of Microsoft.Web/serverfarms could not be read: HTTP 403"],
        MetricNames.Check(new MetricSelector { Name = "Cpu" }, new MetricDefinitions.Unreadable("HTTP 403"), Type).Select(Text));

    private static IEnumerable<string> Check(MetricSelector selector) => MetricNames.Check(selector, Known, Type).Select(Text);

    private static string Text((string Field, string Rule, string Message) finding) => $"{finding.Field} {finding.Rule}: {finding.Message}";
}
