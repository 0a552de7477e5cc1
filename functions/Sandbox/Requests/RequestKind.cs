namespace ScaleFunctions.Sandbox.Requests;

/// <summary>What a request asks for.</summary>
public enum RequestKind
{
    /// <summary>Nothing the sandbox knows: a test that causes one fails.</summary>
    Unexpected,
    SubscriptionList,
    Subscription,
    Provider,
    ResourceGroup,
    ScaleSetList,
    ScaleSet,
    InstanceView,
    Operation,
    Metrics,
    MetricsBatch,
    PlanList,
    Plan,
    PlanOperation,
    LogQuery,
    AutoscaleSettingList,
    AutoscaleSetting,
    ResourceGraph,
    ResourceGroupList,
    DenyAssignmentList,
    MetricDefinitions,
    Prices,
    LockList,
    PermissionList,
    UsageList,
    SizeList,
    ActivityLog,
    AdviceList,
    ReservationList,
}
