using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Resources of types that are declared in policies, with the members that their API has in the version named.</summary>
public static class DeclaredSamples
{
    /// <summary>An SQL database by vCores: 2021-11-01 has no <c>etag</c> and tells by <c>status</c> how it stands.</summary>
    public static DeclaredSpec Database(TargetId id, ILoadSource load) => new()
    {
        Id = id,
        Load = load,
        Sku = "GP_Gen5",
        ApiVersions = ["2021-11-01"],
        Verbs = ["PATCH", "PUT"],
        Range = new CapacityRange(2, 80, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80]),
        StatePath = "properties.status",
        SettledState = "Online",
        BusyState = "Scaling",
        Body = """
            {"kind":"v12.0,user,vcore","sku":{"name":"GP_Gen5","tier":"GeneralPurpose","family":"Gen5"},
             "properties":{"collation":"SQL_Latin1_General_CP1_CI_AS","maxSizeBytes":268435456000,"zoneRedundant":false,
               "licenseType":"LicenseIncluded","requestedBackupStorageRedundancy":"Geo"}}
            """,
    };

    public static DeclaredSpec EventHubs(TargetId id, ILoadSource load) => new()
    {
        Id = id,
        Load = load,
        Sku = "Standard",
        ApiVersions = ["2024-01-01"],
        Verbs = ["PATCH", "PUT"],
        Range = new CapacityRange(1, 20, []),
        Body = """
            {"sku":{"name":"Standard","tier":"Standard"},
             "properties":{"minimumTlsVersion":"1.2","publicNetworkAccess":"Enabled","disableLocalAuth":true,"zoneRedundant":true,
               "isAutoInflateEnabled":false,"maximumThroughputUnits":0,"kafkaEnabled":true,"status":"Active"}}
            """,
    };

    public static DeclaredSpec ContainerApp(TargetId id, ILoadSource load) => new()
    {
        Id = id,
        Load = load,
        ApiVersions = ["2024-03-01"],
        Verbs = ["PATCH", "PUT"],
        CapacityPath = "properties.template.scale.minReplicas",
        Range = new CapacityRange(0, 10, []),
        BusyState = "InProgress",
        Body = """
            {"properties":{"configuration":{"activeRevisionsMode":"Single","maxInactiveRevisions":100},
               "template":{"revisionSuffix":"","scale":{"maxReplicas":10}}}}
            """,
    };

    /// <summary>An AKS cluster with a pool that its autoscaler scales and one of a fixed count.</summary>
    public static DeclaredSpec Cluster(TargetId id, ILoadSource load) => new()
    {
        Id = id,
        Load = load,
        ApiVersions = ["2024-05-01"],
        Verbs = [],
        CapacityPath = "properties.maxAgentPools",
        InitialCapacity = 100,
        Range = new CapacityRange(100, 100, []),
        Body = """
            {"sku":{"name":"Base","tier":"Standard"},
             "properties":{"kubernetesVersion":"1.33.3","dnsPrefix":"aks",
               "agentPoolProfiles":[
                 {"name":"system","count":3,"vmSize":"Standard_D4s_v5","mode":"System","osType":"Linux","type":"VirtualMachineScaleSets",
                  "enableAutoScaling":false,"provisioningState":"Succeeded"},
                 {"name":"user","count":5,"vmSize":"Standard_D8s_v5","mode":"User","osType":"Linux","type":"VirtualMachineScaleSets",
                  "enableAutoScaling":true,"minCount":2,"maxCount":9,"provisioningState":"Succeeded"}]}}
            """,
    };
}
