using System.Globalization;
using System.Xml;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>Resources that one call can ask for: same subscription, region and type.</summary>
internal sealed record MetricBatch(string Subscription, Uri Endpoint, string ResourceType, IReadOnlyList<MonitoredResource> Resources)
{
    /// <summary>Azure's limit of resources a call.</summary>
    public const int LargestSize = 50;

    /// <summary>
    /// Ours: an answer is read whole, eight at a time, and its grains take about a hundred bytes each. Two weeks of quarters of an
    /// hour of 37 resources, or a month of minutes of one.
    /// </summary>
    private const int MostGrains = 50_000;

    /// <summary>How many resources one call may ask for so that its answer stays readable.</summary>
    public static int SizeFor(MetricRequest request) =>
        (int)Math.Clamp(MostGrains / Math.Max(1, (request.To - request.From) / request.Grain), 1, LargestSize);

    /// <summary>
    /// Whether the samples of a minute are counted one for each instance, as those of machines are. Nobody says so of the samples of
    /// a plan, nor of guest and custom metrics, which may be sent every ten seconds; a count that is not one of instances would
    /// make one instance of thirty, or thirty of one.
    /// </summary>
    public bool CountsInstances(MetricSelector metric) =>
        string.Equals(ResourceType, "Microsoft.Compute/virtualMachineScaleSets", StringComparison.OrdinalIgnoreCase)
        && (metric.Namespace.Length == 0 || string.Equals(metric.Namespace, ResourceType, StringComparison.OrdinalIgnoreCase));

    public MetricBatch Slice(Range range) => this with { Resources = [.. Resources.Take(range)] };

    /// <summary>The call's address, as the batch API's specification names its parameters.</summary>
    public Uri Address(MetricRequest request, string apiVersion)
    {
        var metric = request.Metric;
        List<(string Name, string Value)> parameters =
        [
            ("starttime", Time(request.From)),
            ("endtime", Time(request.To)),
            ("interval", Interval(request.Grain)),
            ("metricnamespace", metric.Namespace.Length > 0 ? metric.Namespace : ResourceType),
            ("metricnames", metric.Name),
            ("aggregation", Aggregations(metric)),
            ("api-version", apiVersion),
        ];
        if (metric.Dimensions.Count > 0)
        {
            parameters.Add(("filter", MetricFilter.Of(metric.Dimensions)));
            parameters.Add(("top", MetricFilter.MostSeries.ToString(CultureInfo.InvariantCulture)));
        }

        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        return new Uri(Endpoint, $"/subscriptions/{Uri.EscapeDataString(Subscription)}/metrics:getBatch?{query}");
    }

    /// <summary>As Azure writes a grain: <c>PT1M</c>, <c>PT1H</c>, <c>P1D</c>.</summary>
    public static string Interval(TimeSpan grain) => XmlConvert.ToString(grain);

    private string Aggregations(MetricSelector metric) =>
        metric.Aggregation == MetricAggregation.Count || !CountsInstances(metric) ? MetricSelector.Word(metric.Aggregation) : $"{MetricSelector.Word(metric.Aggregation)},count";

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
