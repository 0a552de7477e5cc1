using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>The metric that tells how much of a size is used, in percent of what an instance has.</summary>
/// <param name="ResourceType">The kind of resource.</param>
/// <param name="Part">What of it.</param>
/// <param name="Selector">What is asked of Azure Monitor.</param>
/// <param name="TellsFree">Whether it tells what is left in place of what is used.</param>
/// <remarks>
/// Names of the supported metrics of Azure Monitor for each type. Machines tell their memory from outside by
/// <c>Available Memory Percentage</c>; a kind that is not here is not judged.
/// </remarks>
public sealed record SizeMetric(string ResourceType, UsedPart Part, MetricSelector Selector, bool TellsFree = false)
{
    public static IReadOnlyList<SizeMetric> All { get; } =
    [
        .. Machines("Microsoft.Compute/virtualMachineScaleSets"),
        .. Machines("Microsoft.Compute/virtualMachines"),
        new("Microsoft.Web/serverfarms", UsedPart.Cpu, new MetricSelector { Name = "CpuPercentage" }),
        new("Microsoft.Web/serverfarms", UsedPart.Memory, new MetricSelector { Name = "MemoryPercentage" }),
    ];

    /// <summary>That of a resource; absent when none is known.</summary>
    public static SizeMetric? Of(TargetId target, UsedPart part) =>
        All.FirstOrDefault(metric => metric.Part == part && metric.ResourceType.Equals(target.ResourceType, StringComparison.OrdinalIgnoreCase));

    private static SizeMetric[] Machines(string type) =>
    [
        new(type, UsedPart.Cpu, new MetricSelector { Name = "Percentage CPU" }),
        new(type, UsedPart.Memory, new MetricSelector { Name = "Available Memory Percentage" }, TellsFree: true),
    ];
}
