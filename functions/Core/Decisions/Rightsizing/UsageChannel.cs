using System.Globalization;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// What an instance moves to and from disks and networks, which its size limits: the busiest minute of any instance in each hour.
/// Names are those of learn.microsoft.com/azure/azure-monitor/reference/supported-metrics. All of what disks move counts, though Azure's
/// limit is of what no cache answers: what is served by a cache makes the need look larger, never smaller.
/// </summary>
/// <param name="Name">For people: <c>disk throughput</c>.</param>
/// <param name="Unit">For people: <c>MB/s</c>.</param>
/// <param name="Metrics">What is asked for; their values are added.</param>
/// <param name="PerValue">What a value of 1 is in the unit.</param>
/// <param name="Limit">The most of a size in the unit; null where nobody knows it.</param>
public sealed record UsageChannel(string Name, string Unit, IReadOnlyList<MetricSelector> Metrics, double PerValue, Func<SizeOffer, double?> Limit)
{
    private const double SecondsPerMinute = 60;

    private const double Mega = 1e6;

    /// <summary>Of machines and scale sets. Azure tells a size's disks; what its network takes is in <see cref="NetworkLimits"/>.</summary>
    public static IReadOnlyList<UsageChannel> OfMachines { get; } =
    [
        new("disk operations", "IOPS", [Peak("Disk Read Operations/Sec"), Peak("Disk Write Operations/Sec")], 1, size => Capability(size, "UncachedDiskIOPS")),
        new("disk throughput", "MB/s", [Peak("Disk Read Bytes"), Peak("Disk Write Bytes")], 1 / SecondsPerMinute / Mega, size => Capability(size, "UncachedDiskBytesPerSecond") / Mega),

        // Azure limits what leaves a machine, not what comes in.
        new("network out", "Mbit/s", [Peak("Network Out Total")], 8 / SecondsPerMinute / Mega, size => NetworkLimits.MegabitsOf(size.Name)),
    ];

    /// <summary>Those of a kind of resource; App Service tells none.</summary>
    public static IReadOnlyList<UsageChannel> Of(TargetId target) =>
        target.ResourceType.StartsWith("Microsoft.Compute/", StringComparison.OrdinalIgnoreCase) ? OfMachines : [];

    private static MetricSelector Peak(string name) => new() { Name = name, Aggregation = MetricAggregation.Maximum };

    private static double? Capability(SizeOffer size, string name) =>
        double.TryParse(size.Capabilities.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : null;
}
