using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>The metric that tells how busy the processors of a kind of resource are, in percent.</summary>
/// <param name="ResourceType">The kind.</param>
/// <param name="Selector">What is asked for.</param>
/// <param name="CountsInstances">Whether samples tell how many instances they stand for. Those of App Service plans do not.</param>
public sealed record ProcessorMetric(string ResourceType, MetricSelector Selector, bool CountsInstances)
{
    public static IReadOnlyList<ProcessorMetric> All { get; } =
    [
        new("Microsoft.Compute/virtualMachineScaleSets", new MetricSelector { Name = "Percentage CPU" }, true),
        new("Microsoft.Web/serverfarms", new MetricSelector { Name = "CpuPercentage" }, false),
    ];

    /// <summary>That of a resource; absent when none is known.</summary>
    public static ProcessorMetric? Of(TargetId target) =>
        All.FirstOrDefault(metric => metric.ResourceType.Equals(target.ResourceType, StringComparison.OrdinalIgnoreCase));
}
