using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Which API versions each kind of request understands.</summary>
internal static class ApiVersions
{
    private static readonly string[] Compute = ["2023-07-01", "2024-03-01", "2024-07-01"];
    private static readonly string[] Web = ["2022-09-01", "2023-12-01", "2024-04-01"];
    private static readonly string[] Metrics = ["2024-02-01"];
    private static readonly string[] Graph = ["2021-03-01", "2022-10-01", "2024-04-01"];
    private static readonly string[] Autoscale = ["2022-10-01"];
    private static readonly string[] Authorization = ["2022-04-01"];
    private static readonly string[] Locks = ["2016-09-01", "2020-05-01"];
    private static readonly string[] Sizes = ["2021-07-01"];
    private static readonly string[] Costs = ["2023-11-01"];
    private static readonly string[] Resources =
        ["2019-10-01", "2020-01-01", "2021-01-01", "2021-04-01", "2022-09-01", "2022-12-01", "2023-07-01", "2024-03-01", "2024-07-01"];

    /// <summary>Scale sets have an ETag, and honour If-Match, from this version on.</summary>
    public static bool HasETag(string version) => string.CompareOrdinal(version, "2024-03-01") >= 0;

    /// <summary>The error for a missing or unknown version; nothing when it is a good one.</summary>
    public static SandboxAnswer? Check(RequestKind kind, string? version)
    {
        var supported = kind switch
        {
            RequestKind.ScaleSet or RequestKind.ScaleSetList or RequestKind.InstanceView or RequestKind.Operation
                or RequestKind.ScaleSetInstances or RequestKind.VirtualMachine or RequestKind.VirtualMachineList or RequestKind.VirtualMachineAction or RequestKind.UsageList
                or RequestKind.ScaleSetSizes or RequestKind.ScaleSetUpgrade or RequestKind.ScaleSetRollOut or RequestKind.VirtualMachineSizes => Compute,
            RequestKind.Plan or RequestKind.PlanList or RequestKind.PlanApps or RequestKind.PlanSizes or RequestKind.PlanOperation => Web,
            RequestKind.AutoscaleSetting or RequestKind.AutoscaleSettingList => Autoscale,
            RequestKind.Metrics or RequestKind.MetricsBatch or RequestKind.MetricDefinitions => Metrics,
            RequestKind.ResourceGraph => Graph,
            RequestKind.DenyAssignmentList or RequestKind.PermissionList => Authorization,
            RequestKind.LockList => Locks,
            RequestKind.ActivityLog => ["2015-04-01"],
            RequestKind.AdviceList => ["2023-01-01"],
            RequestKind.ReservationList => ["2022-11-01"],
            RequestKind.SizeList => Sizes,
            RequestKind.CostQuery or RequestKind.CostForecast or RequestKind.UsageDetails or RequestKind.BudgetList or RequestKind.Budget => Costs,
            _ => Resources,
        };
        if (string.IsNullOrEmpty(version))
        {
            return SandboxAnswer.Error(400, "MissingApiVersionParameter", "Every request needs the query parameter api-version.");
        }

        // Only the resource knows which it takes.
        if (kind is RequestKind.Declared or RequestKind.DeclaredList or RequestKind.DeclaredOperation)
        {
            return null;
        }

        return supported.Contains(version, StringComparer.OrdinalIgnoreCase) ? null : SandboxAnswer.Error(
            400, kind is RequestKind.Metrics or RequestKind.MetricsBatch ? "InvalidApiVersionParameter" : "NoRegisteredProviderFound",
            $"No provider is registered for api-version '{version}' here. Supported: {string.Join(", ", supported)}.");
    }
}
