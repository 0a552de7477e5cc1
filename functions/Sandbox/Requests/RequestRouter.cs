using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>Tells by host, method and path what a request asks for. Azure compares path segments without regard to case.</summary>
internal static class RequestRouter
{
    public const string ArmHost = "management.azure.com";
    private const string MetricsHostSuffix = ".metrics.monitor.azure.com";
    private const string ScaleSets = "virtualMachineScaleSets";

    public static RequestRoute Route(string method, string host, string path)
    {
        var segments = path.Trim('/').Split('/');
        if (host == ArmHost)
        {
            return method is "GET" ? RouteRead(segments) : method is "PATCH" ? RouteWrite(segments) : RequestRoute.Unexpected;
        }

        return method is "POST" && host.EndsWith(MetricsHostSuffix, StringComparison.Ordinal)
            && segments is [var word, var subscription, var batch] && Is(word, "subscriptions") && Is(batch, "metrics:getBatch")
            ? new RequestRoute(RequestKind.MetricsBatch) { Subscription = subscription, Region = host[..^MetricsHostSuffix.Length] }
            : RequestRoute.Unexpected;
    }

    private static RequestRoute RouteWrite(string[] segments) =>
        ScaleSetOf(segments) is { } id && segments.Length == 8 ? OfScaleSet(RequestKind.ScaleSet, id) with { IsWrite = true } : RequestRoute.Unexpected;

    private static RequestRoute RouteRead(string[] segments)
    {
        if (!Is(segments[0], "subscriptions"))
        {
            return RequestRoute.Unexpected;
        }

        if (segments.Length == 1)
        {
            return new RequestRoute(RequestKind.SubscriptionList);
        }

        var subscription = segments[1];
        return segments[2..] switch
        {
            [] => new RequestRoute(RequestKind.Subscription) { Subscription = subscription },
            [var w, var p] when Is(w, "providers") => new RequestRoute(RequestKind.Provider) { Subscription = subscription, Provider = p },
            [var w, var g] when Is(w, "resourceGroups") => new RequestRoute(RequestKind.ResourceGroup) { Subscription = subscription, ResourceGroup = g },
            [var w, var p, var t] when Is(w, "providers") && Is(p, "Microsoft.Compute") && Is(t, ScaleSets)
                => new RequestRoute(RequestKind.ScaleSetList) { Subscription = subscription },
            [var w, var g, var v, var p, var t] when Is(w, "resourceGroups") && Is(v, "providers") && Is(p, "Microsoft.Compute") && Is(t, ScaleSets)
                => new RequestRoute(RequestKind.ScaleSetList) { Subscription = subscription, ResourceGroup = g },
            [var w, var p, var l, var r, var o, var id] when Is(w, "providers") && Is(p, "Microsoft.Compute") && Is(l, "locations") && Is(o, "operations")
                => new RequestRoute(RequestKind.Operation) { Subscription = subscription, Region = r, Operation = id },
            _ => RouteScaleSet(segments),
        };
    }

    private static RequestRoute RouteScaleSet(string[] segments) => ScaleSetOf(segments) is not { } id ? RequestRoute.Unexpected : segments[8..] switch
    {
        [] => OfScaleSet(RequestKind.ScaleSet, id),
        [var v] when Is(v, "instanceView") => OfScaleSet(RequestKind.InstanceView, id),
        [var v, var p, var m] when Is(v, "providers") && Is(p, "Microsoft.Insights") && Is(m, "metrics") => OfScaleSet(RequestKind.Metrics, id),
        _ => RequestRoute.Unexpected,
    };

    private static RequestRoute OfScaleSet(RequestKind kind, TargetId id) =>
        new(kind) { Subscription = id.Subscription, ResourceGroup = id.ResourceGroup, ScaleSet = id };

    private static TargetId? ScaleSetOf(string[] segments) =>
        segments.Length >= 8 && TargetId.TryParse($"/{string.Join('/', segments[..8])}", out var id)
        && Is(id.ResourceType, $"Microsoft.Compute/{ScaleSets}") ? id : null;

    private static bool Is(string segment, string word) => string.Equals(segment, word, StringComparison.OrdinalIgnoreCase);
}
