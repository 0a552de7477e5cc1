namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>Metrics of types that are scaled as policies declare them. A unit of their capacity is an instance here.</summary>
internal static class DeclaredFamilies
{
    /// <summary>Ingress that one throughput unit takes is a megabyte a second (Event Hubs quotas).</summary>
    private const double BytesAMinute = 60_000_000;

    private const double RequestsAMinute = 600;

    public static IReadOnlyList<MetricFamily> All { get; } =
    [
        new("microsoft.sql/servers/databases", CountsInstances: false, "Role",
        [
            new("cpu_percent", "Percent", "Share of the processors of the database in use.", minute => minute.CpuPercent),
        ]),
        new("microsoft.eventhub/namespaces", CountsInstances: false, "EntityName",
        [
            new("IncomingBytes", "Bytes", "Bytes that came in.", minute => minute.Ready == 0 ? null : minute.Load * BytesAMinute),
        ]),
        new("microsoft.app/containerapps", CountsInstances: false, "replicaName",
        [
            new("Requests", "Count", "Requests processed.", minute => minute.Ready == 0 ? null : minute.Load * RequestsAMinute),
        ]),
        new("microsoft.search/searchservices", CountsInstances: false, "Replica",
        [
            new("SearchQueriesPerSecond", "CountPerSecond", "Queries a second.", minute => minute.Ready == 0 ? null : minute.Load * 10),
        ]),
    ];
}
