using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>The metrics of one type of resource.</summary>
/// <param name="Namespace">The ARM type in lower case.</param>
/// <param name="CountsInstances">
/// Whether every instance is a sample of its own. Azure does not say so of plans, and a client that believed their count would
/// take thirty instances for one; so here it is one sample a minute, whatever the size.
/// </param>
/// <param name="Dimension">The dimension that tells instances apart.</param>
/// <param name="Metrics">The first is the one a query without a name gets.</param>
internal sealed record MetricFamily(string Namespace, bool CountsInstances, string Dimension, IReadOnlyList<SimulatedMetric> Metrics)
{
    /// <summary>What an instance takes in a minute at a demand of 1: 60 MB, so that the numbers are readable.</summary>
    public const double BytesPerDemand = 60_000_000;

    // Made up, but plausible: memory follows the processor loosely, requests queue when instances are short.
    private const double IdleMemoryPercent = 40;
    private const double MemoryPerCpuPercent = 0.3;
    private const double RequestsPerInstance = 100;

    private static readonly MetricFamily ScaleSets = new("microsoft.compute/virtualmachinescalesets", CountsInstances: true, "VMName",
    [
        new("Percentage CPU", "Percent", "Share of the allocated processor time in use by the instances.", minute => minute.CpuPercent),

        // What arrives, arrives whether or not the instances can cope with it, so this one does not end where CPU does.
        new("Network In Total", "Bytes", "Bytes received on all network interfaces.",
            minute => minute.Ready == 0 ? null : minute.Demand * BytesPerDemand / minute.Ready),
    ]);

    private static readonly MetricFamily Plans = new("microsoft.web/serverfarms", CountsInstances: false, "Instance",
    [
        new("CpuPercentage", "Percent", "Average processor use over all instances of the plan.", minute => minute.CpuPercent),
        new("MemoryPercentage", "Percent", "Average memory use over all instances of the plan.",
            minute => minute.CpuPercent is { } cpu ? IdleMemoryPercent + (MemoryPerCpuPercent * cpu) : null),
        new("HttpQueueLength", "Count", "Average number of requests that waited.", minute => minute.Ready > 0 ? Waiting(minute) : null),
    ]);

    private static readonly MetricFamily VirtualMachines = new("microsoft.compute/virtualmachines", CountsInstances: false, "VMName",
    [
        new("Percentage CPU", "Percent", "Share of the allocated processor time in use by the machine.", minute => minute.CpuPercent),
    ]);

    private static readonly MetricFamily[] All = [ScaleSets, Plans, VirtualMachines, .. DeclaredFamilies.All];

    /// <summary>The family of a type or namespace; nothing when it has no metrics here.</summary>
    public static MetricFamily? Of(string type) => Array.Find(All, family => string.Equals(family.Namespace, type, StringComparison.OrdinalIgnoreCase));

    public SimulatedMetric? Find(string name) => Metrics.FirstOrDefault(metric => string.Equals(metric.Name, name, StringComparison.OrdinalIgnoreCase));

    private static double Waiting(FleetMinute minute) => Math.Max(0, minute.Demand - minute.Ready) * RequestsPerInstance / minute.Ready;
}
