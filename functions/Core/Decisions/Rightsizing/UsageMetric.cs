using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// A metric that tells what instances use of their size. Names are those of
/// learn.microsoft.com/azure/azure-monitor/reference/supported-metrics.
/// </summary>
/// <param name="ResourceType">The kind of resource.</param>
/// <param name="Selector">What is asked for.</param>
/// <param name="Grain">Of how long a value is: a minute for processors, an hour for memory, whose peak each hour is what counts.</param>
/// <param name="Amount">What a value says of one instance of a size: cores or GiB; null where that cannot be.</param>
public sealed record UsageMetric(string ResourceType, MetricSelector Selector, TimeSpan Grain, Func<double, SizeOffer, double?> Amount)
{
    private const string ScaleSets = "Microsoft.Compute/virtualMachineScaleSets";
    private const string Machines = "Microsoft.Compute/virtualMachines";
    private const string Plans = "Microsoft.Web/serverfarms";
    private const double Gib = 1024.0 * 1024 * 1024;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Hour = UsageEstimates.PeakInterval;

    /// <summary>Of processors, means over all instances. One line each.</summary>
    public static IReadOnlyList<UsageMetric> Processors { get; } =
    [
        new(ScaleSets, new MetricSelector { Name = "Percentage CPU" }, Minute, Cores),
        new(Machines, new MetricSelector { Name = "Percentage CPU" }, Minute, Cores),
        new(Plans, new MetricSelector { Name = "CpuPercentage" }, Minute, Cores),
    ];

    /// <summary>Of memory, of the instance that has least of it. One line each.</summary>
    public static IReadOnlyList<UsageMetric> Memory { get; } =
    [
        new(ScaleSets, new MetricSelector { Name = "Available Memory Bytes", Aggregation = MetricAggregation.Minimum }, Hour, OfFree),
        new(Machines, new MetricSelector { Name = "Available Memory Bytes", Aggregation = MetricAggregation.Minimum }, Hour, OfFree),
        new(Plans, new MetricSelector { Name = "MemoryPercentage", Aggregation = MetricAggregation.Maximum }, Hour, OfPercent),
    ];

    /// <summary>That of a resource; absent when none is known.</summary>
    public static UsageMetric? Of(IReadOnlyList<UsageMetric> metrics, TargetId target) =>
        metrics.FirstOrDefault(metric => metric.ResourceType.Equals(target.ResourceType, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// What was used, grain by grain: of processors by all instances that reported, of memory by one. A minute in which a part did not
    /// report would look like less than there was, and is left out.
    /// </summary>
    /// <param name="points">As they were read.</param>
    /// <param name="size">The size the instances have.</param>
    /// <param name="instances">How many there are now; counts where the metric does not tell how many there were.</param>
    public IReadOnlyList<UsageSample> Samples(IEnumerable<MetricPoint> points, SizeOffer size, int instances)
    {
        var isOfAll = Grain == Minute;
        List<UsageSample> samples = [];
        foreach (var point in points.Where(point => !point.IsIncomplete && point.Value is not null))
        {
            var count = point.Count is { } told ? told / Grain.TotalMinutes : instances;
            if (count > 0 && Amount(point.Value!.Value, size) is >= 0 and var amount)
            {
                samples.Add(new UsageSample(point.At, isOfAll ? amount * count : amount, count));
            }
        }

        return samples;
    }

    private static double? Cores(double percent, SizeOffer size) => percent is >= 0 and <= 100 ? percent / 100 * size.Cores : null;

    private static double? OfFree(double bytes, SizeOffer size) => bytes >= 0 && size.MemoryGiB is { } memory ? Math.Max(0, memory - (bytes / Gib)) : null;

    private static double? OfPercent(double percent, SizeOffer size) => percent is >= 0 and <= 100 ? percent / 100 * size.MemoryGiB : null;
}
