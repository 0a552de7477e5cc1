using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>The metric that tells how much of its capacity a kind of resource uses, in percent: mostly that of its processors.</summary>
/// <param name="ResourceType">The kind.</param>
/// <param name="Selector">What is asked for.</param>
/// <param name="Count">How many instances its samples stand for.</param>
public sealed record ProcessorMetric(string ResourceType, MetricSelector Selector, InstanceCount Count)
{
    private const string Databases = "Microsoft.Sql/servers/databases";

    /// <summary>
    /// One line each. Databases by vCore tell their processors; those by DTU the largest of processors, reads and log writes:
    /// learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-sql-servers-databases-metrics.
    /// </summary>
    public static IReadOnlyList<ProcessorMetric> All { get; } =
    [
        new("Microsoft.Compute/virtualMachineScaleSets", new MetricSelector { Name = "Percentage CPU" }, InstanceCount.Sampled),
        new("Microsoft.Web/serverfarms", new MetricSelector { Name = "CpuPercentage" }, InstanceCount.Now),
        new("Microsoft.Compute/virtualMachines", new MetricSelector { Name = "Percentage CPU" }, InstanceCount.One),
        new(Databases, new MetricSelector { Name = "cpu_percent" }, InstanceCount.Now) { Sizes = ["GP_", "BC_", "HS_"] },
        new(Databases, new MetricSelector { Name = "dtu_consumption_percent" }, InstanceCount.Now),
    ];

    /// <summary>What the names of its sizes begin with; empty for any.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>That of a resource; absent when none is known.</summary>
    public static ProcessorMetric? Of(TargetId target, string size = "") => All.FirstOrDefault(metric =>
        metric.ResourceType.Equals(target.ResourceType, StringComparison.OrdinalIgnoreCase)
        && (metric.Sizes.Count == 0 || metric.Sizes.Any(begin => size.StartsWith(begin, StringComparison.OrdinalIgnoreCase))));
}
