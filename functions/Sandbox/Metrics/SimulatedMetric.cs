using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>A metric the simulated scale sets have: what each of its ready instances reports in a minute.</summary>
internal sealed record SimulatedMetric(string Name, string Unit, string Description, Func<FleetMinute, double?> PerInstance)
{
    /// <summary>What an instance takes in a minute at a demand of 1: 60 MB, so that the numbers are readable.</summary>
    public const double BytesPerDemand = 60_000_000;

    public static IReadOnlyList<SimulatedMetric> All { get; } =
    [
        new("Percentage CPU", "Percent", "Share of the allocated processor time in use by the instances.", minute => minute.CpuPercent),

        // What arrives, arrives whether or not the instances can cope with it, so this one does not end where CPU does.
        new("Network In Total", "Bytes", "Bytes received on all network interfaces.", minute => minute.Ready == 0 ? null : minute.Demand * BytesPerDemand / minute.Ready),
    ];

    public static SimulatedMetric? Find(string name) => All.FirstOrDefault(metric => string.Equals(metric.Name, name, StringComparison.OrdinalIgnoreCase));
}
