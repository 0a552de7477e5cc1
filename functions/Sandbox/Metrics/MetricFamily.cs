using ScaleFunctions.Sandbox.Estates;

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

    // Made up, but plausible: requests queue when instances are short, and answers are thrice what is asked.
    private const double RequestsPerInstance = 100;
    private const double OutPerIn = 3;

    private static readonly MetricFamily ScaleSets = new("microsoft.compute/virtualmachinescalesets", CountsInstances: true, "VMName", MachineMetrics.All);

    private static readonly MetricFamily Plans = new("microsoft.web/serverfarms", CountsInstances: false, "Instance",
    [
        new("CpuPercentage", "Percent", "Average processor use over all instances of the plan.", minute => minute.CpuPercent),
        new("MemoryPercentage", "Percent", "Average memory use over all instances of the plan.", minute => minute.MemoryPercent),
        new("HttpQueueLength", "Count", "Average number of requests that waited.", minute => minute.Ready > 0 ? Waiting(minute) : null),
        new("BytesReceived", "Bytes", "Average incoming bandwidth over all instances of the plan.", minute => BytesOf(minute, 1)),
        new("BytesSent", "Bytes", "Average outgoing bandwidth over all instances of the plan.", minute => BytesOf(minute, OutPerIn)),
    ]);

    private static readonly MetricFamily VirtualMachines = new("microsoft.compute/virtualmachines", CountsInstances: false, "VMName", MachineMetrics.All);

    private static readonly MetricFamily[] All = [ScaleSets, Plans, VirtualMachines, .. DeclaredFamilies.All];

    /// <summary>The family of a type or namespace; nothing when it has no metrics here.</summary>
    public static MetricFamily? Of(string type) => Array.Find(All, family => string.Equals(family.Namespace, type, StringComparison.OrdinalIgnoreCase));

    public SimulatedMetric? Find(string name) => Metrics.FirstOrDefault(metric => string.Equals(metric.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What an instance takes in of the load, times something.</summary>
    public static double? BytesOf(MeasuredMinute minute, double times) =>
        minute.Ready == 0 ? null : times * minute.Load * BytesPerDemand / minute.Ready;

    private static double Waiting(MeasuredMinute minute) =>
        Math.Max(0, minute.Fleet.Demand - minute.Ready) * RequestsPerInstance / minute.Ready;
}
