using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Events;
using ScaleFunctions.Sandbox.Prices;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>Tells by host, method and path what a request asks for. Azure compares path segments without regard to case.</summary>
internal static class RequestRouter
{
    public const string ArmHost = "management.azure.com";
    public const string LogsHost = "api.loganalytics.io";
    public const string ScaleSetType = "Microsoft.Compute/virtualMachineScaleSets";
    public const string PlanType = "Microsoft.Web/serverfarms";
    public const string VirtualMachineType = "Microsoft.Compute/virtualMachines";
    private const string MetricsHostSuffix = ".metrics.monitor.azure.com";

    public static RequestRoute Route(string method, string host, string path)
    {
        var segments = path.Trim('/').Split('/');
        if (host == ArmHost)
        {
            if (method is "POST" && Is(path.Trim('/'), "providers/Microsoft.ResourceGraph/resources"))
            {
                return new RequestRoute(RequestKind.ResourceGraph);
            }

            return method is "GET" ? RouteRead(segments) : RouteWrite(method, segments);
        }

        if (host == LogsHost)
        {
            return method is "POST" && segments is [var version, var place, var workspace, var query]
                && Is(version, "v1") && Is(place, "workspaces") && Is(query, "query")
                ? new RequestRoute(RequestKind.LogQuery) { Workspace = Uri.UnescapeDataString(workspace) }
                : RequestRoute.Unexpected;
        }

        if (host == PricesEndpoint.Host)
        {
            return method is "GET" && Is(path.Trim('/'), "api/retail/prices") ? new RequestRoute(RequestKind.Prices) : RequestRoute.Unexpected;
        }

        if (host.EndsWith(SimulatedTopics.HostSuffix, StringComparison.Ordinal))
        {
            return method is "POST" && Is(path.Trim('/'), "api/events") ? new RequestRoute(RequestKind.TopicEvents) { Name = host[..host.IndexOf('.', StringComparison.Ordinal)] } : RequestRoute.Unexpected;
        }

        return method is "POST" && host.EndsWith(MetricsHostSuffix, StringComparison.Ordinal)
            && segments is [var word, var subscription, var batch] && Is(word, "subscriptions") && Is(batch, "metrics:getBatch")
            ? new RequestRoute(RequestKind.MetricsBatch) { Subscription = subscription, Region = host[..^MetricsHostSuffix.Length] }
            : RequestRoute.Unexpected;
    }

    private static RequestRoute RouteWrite(string method, string[] segments) =>
        method is "POST" && segments is [.., "start" or "deallocate"] && segments.Length == 9
            && TargetOf(segments) is { } machine && KindOf(machine) == RequestKind.VirtualMachine
            ? Of(RequestKind.VirtualMachineAction, machine) with { IsWrite = true, Action = segments[8] }
        : method is "POST" && segments.Length == 9 && Is(segments[8], "manualupgrade") && TargetOf(segments) is { } set && KindOf(set) == RequestKind.ScaleSet
            ? Of(RequestKind.ScaleSetUpgrade, set) with { IsWrite = true, Action = "manualUpgrade" }
        : segments.Length != 8 || TargetOf(segments) is not { } id ? RequestRoute.Unexpected : (method, KindOf(id)) switch
        {
            ("PATCH", RequestKind.ScaleSet or RequestKind.VirtualMachine) or ("PUT" or "PATCH", RequestKind.Plan or RequestKind.AutoscaleSetting) => Of(KindOf(id), id) with { IsWrite = true },
            _ => RequestRoute.Unexpected,
        };

    private static RequestRoute RouteRead(string[] segments)
    {
        if (!Is(segments[0], "subscriptions"))
        {
            return segments is [var place, var owner, var kind] && Is(place, "providers") && Is(owner, "Microsoft.Capacity") && Is(kind, "reservations")
                ? new RequestRoute(RequestKind.ReservationList)
                : RequestRoute.Unexpected;
        }

        if (segments.Length == 1)
        {
            return new RequestRoute(RequestKind.SubscriptionList);
        }

        var subscription = segments[1];
        return segments[2..] switch
        {
            [] => new RequestRoute(RequestKind.Subscription) { Subscription = subscription },
            [var w] when Is(w, "resourceGroups") => new RequestRoute(RequestKind.ResourceGroupList) { Subscription = subscription },
            [var w, var p] when Is(w, "providers") => new RequestRoute(RequestKind.Provider) { Subscription = subscription, Provider = p },
            [var w, var g] when Is(w, "resourceGroups") => new RequestRoute(RequestKind.ResourceGroup) { Subscription = subscription, ResourceGroup = g },
            [var w, var p, var t] when Is(w, "providers") => OfList(p, t) with { Subscription = subscription },
            [var w, var g, var v, var p, var t] when Is(w, "resourceGroups") && Is(v, "providers")
                => OfList(p, t) with { Subscription = subscription, ResourceGroup = g },
            [var w, var p, var e, var m, var v] when Is(w, "providers") && Is(p, "Microsoft.Insights") && Is(e, "eventtypes") && Is(m, "management") && Is(v, "values")
                => new RequestRoute(RequestKind.ActivityLog) { Subscription = subscription },
            [var w, var p, var l, var r, var u] when Is(w, "providers") && Is(p, "Microsoft.Compute") && Is(l, "locations") && Is(u, "usages")
                => new RequestRoute(RequestKind.UsageList) { Subscription = subscription, Region = r },
            [var w, var p, var l, var r, var o, var id] when Is(w, "providers") && Is(p, "Microsoft.Compute") && Is(l, "locations") && Is(o, "operations")
                => new RequestRoute(RequestKind.Operation) { Subscription = subscription, Region = r, Operation = id },
            _ => RouteResource(segments),
        };
    }

    private static RequestRoute OfList(string provider, string type) =>
        Is($"{provider}/{type}", ScaleSetType) ? new RequestRoute(RequestKind.ScaleSetList)
        : Is($"{provider}/{type}", PlanType) ? new RequestRoute(RequestKind.PlanList)
        : Is($"{provider}/{type}", VirtualMachineType) ? new RequestRoute(RequestKind.VirtualMachineList)
        : Is($"{provider}/{type}", AutoscaleSetting.ResourceType) ? new RequestRoute(RequestKind.AutoscaleSettingList)
        : Is($"{provider}/{type}", "Microsoft.Authorization/denyAssignments") ? new RequestRoute(RequestKind.DenyAssignmentList)
        : Is($"{provider}/{type}", "Microsoft.Authorization/locks") ? new RequestRoute(RequestKind.LockList)
        : Is($"{provider}/{type}", "Microsoft.Authorization/permissions") ? new RequestRoute(RequestKind.PermissionList)
        : Is($"{provider}/{type}", "Microsoft.Advisor/recommendations") ? new RequestRoute(RequestKind.AdviceList)
        : Is($"{provider}/{type}", "Microsoft.Compute/skus") ? new RequestRoute(RequestKind.SizeList)
        : RequestRoute.Unexpected;

    private static RequestRoute RouteResource(string[] segments) => TargetOf(segments) is not { } id ? RequestRoute.Unexpected : segments[8..] switch
    {
        [] => Of(KindOf(id), id),
        [var v] when Is(v, "instanceView") && KindOf(id) == RequestKind.ScaleSet => Of(RequestKind.InstanceView, id),
        [var v] when Is(v, "virtualMachines") && KindOf(id) == RequestKind.ScaleSet => Of(RequestKind.ScaleSetInstances, id),
        [var v] when Is(v, "skus") && KindOf(id) == RequestKind.ScaleSet => Of(RequestKind.ScaleSetSizes, id),
        [var v, var w] when Is(v, "rollingUpgrades") && Is(w, "latest") && KindOf(id) == RequestKind.ScaleSet => Of(RequestKind.ScaleSetRollOut, id),
        [var v] when Is(v, "vmSizes") && KindOf(id) == RequestKind.VirtualMachine => Of(RequestKind.VirtualMachineSizes, id),
        [var v] when Is(v, "skus") && KindOf(id) == RequestKind.Plan => Of(RequestKind.PlanSizes, id),
        [var v] when Is(v, "sites") && KindOf(id) == RequestKind.Plan => Of(RequestKind.PlanApps, id),
        [var v, var o] when Is(v, "operationresults") && KindOf(id) == RequestKind.Plan => Of(RequestKind.PlanOperation, id) with { Operation = o },
        [var v, var p, var m] when Is(v, "providers") && Is(p, "Microsoft.Insights") && Is(m, "metrics") => Of(RequestKind.Metrics, id),
        [var v, var p, var m] when Is(v, "providers") && Is(p, "Microsoft.Insights") && Is(m, "metricDefinitions") => Of(RequestKind.MetricDefinitions, id),
        [var v, var p, var m] when Is(v, "providers") && Is(p, "Microsoft.Authorization") && Is(m, "permissions") => Of(RequestKind.PermissionList, id),
        _ => RequestRoute.Unexpected,
    };

    private static RequestRoute Of(RequestKind kind, TargetId id) =>
        new(kind) { Subscription = id.Subscription, ResourceGroup = id.ResourceGroup, Target = id };

    private static TargetId? TargetOf(string[] segments) =>
        segments.Length >= 8 && TargetId.TryParse($"/{string.Join('/', segments[..8])}", out var id)
        && KindOf(id) != RequestKind.Unexpected ? id : null;

    private static RequestKind KindOf(TargetId id) =>
        Is(id.ResourceType, ScaleSetType) ? RequestKind.ScaleSet
        : Is(id.ResourceType, PlanType) ? RequestKind.Plan
        : Is(id.ResourceType, VirtualMachineType) ? RequestKind.VirtualMachine
        : Is(id.ResourceType, AutoscaleSetting.ResourceType) ? RequestKind.AutoscaleSetting
        : RequestKind.Unexpected;

    private static bool Is(string segment, string word) => string.Equals(segment, word, StringComparison.OrdinalIgnoreCase);
}
