namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>
/// The metrics of machines, alone or in a scale set, under the names of learn.microsoft.com/azure/azure-monitor/reference/supported-metrics.
/// What arrives, arrives whether or not the instances can cope with it, so bytes do not end where CPU does.
/// </summary>
internal static class MachineMetrics
{
    // Made up, but plausible: answers are thrice what is asked, and half of it is read from a disk.
    private const double OutPerIn = 3;
    private const double ReadPerIn = 0.5;
    private const double WrittenPerIn = 0.25;
    private const double BytesPerOperation = 16_384;

    public static IReadOnlyList<SimulatedMetric> All { get; } =
    [
        new("Percentage CPU", "Percent", "Share of the allocated processor time in use by the instances.", minute => minute.CpuPercent),
        new("Network In Total", "Bytes", "Bytes received on all network interfaces.", minute => MetricFamily.BytesOf(minute, 1)),
        new("Network Out Total", "Bytes", "Bytes sent on all network interfaces.", minute => MetricFamily.BytesOf(minute, OutPerIn)),
        new("Disk Read Bytes", "Bytes", "Bytes read from disks.", minute => MetricFamily.BytesOf(minute, ReadPerIn)),
        new("Disk Write Bytes", "Bytes", "Bytes written to disks.", minute => MetricFamily.BytesOf(minute, WrittenPerIn)),
        new("Disk Read Operations/Sec", "CountPerSecond", "Operations that read from disks.", minute => MetricFamily.BytesOf(minute, ReadPerIn) / BytesPerOperation / 60),
        new("Disk Write Operations/Sec", "CountPerSecond", "Operations that wrote to disks.", minute => MetricFamily.BytesOf(minute, WrittenPerIn) / BytesPerOperation / 60),
        new("Available Memory Bytes", "Bytes", "Memory that is free for applications and the system.", minute => minute.FreeMemoryBytes),
        new("Available Memory Percentage", "Percent", "Memory that is free for applications and the system, of all.",
            minute => 100 - minute.MemoryPercent),
    ];
}
