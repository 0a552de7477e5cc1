namespace ScaleFunctions.Core.Targets;

/// <summary>
/// The services known here. A new one is one entry; whatever else names a managing resource is left alone without one.
/// </summary>
/// <remarks>
/// <c>managedBy</c> is the strongest sign, and it lacks on many resources: AKS and Databricks set it on the resource group. The
/// names of groups are the defaults of each service; tags are those it writes: <c>aks-managed-*</c> on node pools,
/// <c>Vendor: Databricks</c>, <c>resourceType: Service Fabric</c> in every template of a classic cluster. The cluster autoscaler
/// of self-managed Kubernetes finds its scale sets by <c>cluster-autoscaler-enabled</c> (its README for Azure).
/// </remarks>
internal static class ManagingServices
{
    public static IReadOnlyList<ManagingService> All { get; } =
    [
        new("AKS", "Microsoft.ContainerService/managedClusters")
        {
            GroupPrefixes = ["MC_"],
            TagPrefixes = ["aks-managed-"],
        },
        new("Databricks", "Microsoft.Databricks/workspaces")
        {
            GroupPrefixes = ["databricks-rg-"],
            Tags = [new("Vendor", "Databricks")],
        },
        new("Batch", "Microsoft.Batch/batchAccounts")
        {
            GroupPrefixes = ["azurebatch-"],
            ParentTags = ["cm-resource-parent"],
        },
        new("Azure Virtual Desktop", "Microsoft.DesktopVirtualization/hostPools")
        {
            ParentTags = ["cm-resource-parent"],
        },
        new("Service Fabric managed cluster", "Microsoft.ServiceFabric/managedClusters")
        {
            GroupPrefixes = ["SFC_"],
        },
        new("Service Fabric", "Microsoft.ServiceFabric/clusters")
        {
            Tags = [new("resourceType", "Service Fabric")],
        },
        new("cluster autoscaler", "")
        {
            Tags = [new("cluster-autoscaler-enabled", "true")],
            TagPrefixes = ["cluster-autoscaler-name", "k8s.io_cluster-autoscaler_"],
        },
    ];

    /// <summary>The name of the service in that of an owner: <c>AKS</c> of <c>AKS prod-1</c>; the same when it is none of these.</summary>
    public static string NameOf(string owner) => All.Select(service => service.Name)
        .Where(name => owner == name || owner.StartsWith($"{name} ", StringComparison.Ordinal)).MaxBy(name => name.Length) ?? owner;
}
