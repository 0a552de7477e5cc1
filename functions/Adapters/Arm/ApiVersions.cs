namespace ScaleFunctions.Adapters.Arm;

/// <summary>The API versions we speak. Each is pinned: an unpinned client asks the provider and takes what it lists first.</summary>
internal static class ApiVersions
{
    /// <summary>Scale sets take <c>If-Match</c> since 2024-03-01.</summary>
    public const string ScaleSets = "2024-07-01";

    /// <summary>That of scale sets: machines are of the same provider.</summary>
    public const string Machines = ScaleSets;

    /// <summary>Has neither an ETag nor <c>If-Match</c>, like all versions of plans.</summary>
    public const string Plans = "2023-12-01";

    /// <summary>Has neither an ETag nor <c>If-Match</c>; the newest stable one.</summary>
    public const string AutoscaleSettings = "2022-10-01";

    /// <summary>Of AKS: clusters and their agent pools.</summary>
    public const string Clusters = "2024-05-01";

    public const string Subscriptions = "2022-12-01";

    public const string MetricBatches = "2024-02-01";

    public const string ResourceGraph = "2024-04-01";

    public const string ResourceGroups = "2022-09-01";

    public const string DenyAssignments = "2022-04-01";

    public const string MetricDefinitions = "2024-02-01";

    public const string Locks = "2020-05-01";

    public const string Permissions = "2022-04-01";

    public const string Sizes = "2021-07-01";

    public const string Usages = "2024-07-01";

    public const string ActivityLog = "2015-04-01";

    public const string Advisor = "2023-01-01";

    /// <summary>Queries and forecasts of Cost Management.</summary>
    public const string Costs = "2023-11-01";

    /// <summary>Budgets and usage details.</summary>
    public const string Consumption = "2023-11-01";

    public const string Reservations = "2022-11-01";
}
