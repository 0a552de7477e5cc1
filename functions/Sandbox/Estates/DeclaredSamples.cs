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
}
