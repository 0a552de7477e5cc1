using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>Routes requests for the types of resources that an estate declares. Clusters can be listed in every estate.</summary>
internal sealed class DeclaredRouter
{
    /// <summary>Listed whenever nobody can tell that there are none, also of an estate without any.</summary>
    private const string Clusters = "Microsoft.ContainerService/managedClusters";

    private readonly HashSet<string> _types;
    private readonly HashSet<string> _providers;

    public DeclaredRouter(EstateSpec estate)
    {
        _types = new HashSet<string>(estate.Declared.Select(spec => spec.Id.ResourceType).Append(Clusters), StringComparer.OrdinalIgnoreCase);
        _providers = new HashSet<string>(_types.Select(type => type.Split('/')[0]), StringComparer.OrdinalIgnoreCase);
    }

    public RequestRoute Route(string method, string host, string path)
    {
        var segments = path.Trim('/').Split('/');
        if (host != RequestRouter.ArmHost || segments.Length < 5 || !Is(segments[0], "subscriptions"))
        {
            return RequestRoute.Unexpected;
        }

        return (method, segments[2..]) switch
        {
            ("GET", [var w, var p, var l, var r, var o, var id]) when Is(w, "providers") && Is(l, "locations") && Is(o, "operationStatuses") && _providers.Contains(p)
                => new RequestRoute(RequestKind.DeclaredOperation) { Subscription = segments[1], Provider = p, Region = r, Operation = id },
            ("GET", [var w, var p, var t]) when Is(w, "providers") && _types.Contains($"{p}/{t}")
                => new RequestRoute(RequestKind.DeclaredList) { Subscription = segments[1], Type = $"{p}/{t}" },
            _ => RouteResource(method, path.TrimEnd('/')),
        };
    }

    private RequestRoute RouteResource(string method, string path)
    {
        const string Metrics = "/providers/Microsoft.Insights/metrics";
        const string Definitions = "/providers/Microsoft.Insights/metricDefinitions";
        return Resource(path) is { } id
                ? method is "GET" or "PUT" or "PATCH" ? Of(RequestKind.Declared, id) with { IsWrite = method is not "GET" } : RequestRoute.Unexpected
            : method is not "GET" ? RequestRoute.Unexpected
            : Below(path, Metrics) is { } measured ? Of(RequestKind.Metrics, measured)
            : Below(path, Definitions) is { } described ? Of(RequestKind.MetricDefinitions, described)
            : Nested(path) is { } list ? list
            : RequestRoute.Unexpected;
    }

    /// <summary>The list of what is nested in a resource.</summary>
    private RequestRoute? Nested(string path)
    {
        var at = path.LastIndexOf('/');
        return TargetId.TryParse(path[..at], out var parent) && _types.Contains($"{parent.ResourceType}/{path[(at + 1)..]}")
            ? new RequestRoute(RequestKind.DeclaredList)
            {
                Subscription = parent.Subscription,
                ResourceGroup = parent.ResourceGroup,
                Type = $"{parent.ResourceType}/{path[(at + 1)..]}",
                Parent = parent,
            }
            : null;
    }

    private TargetId? Below(string path, string end) => path.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? Resource(path[..^end.Length]) : null;

    private TargetId? Resource(string path) => TargetId.TryParse(path, out var id) && _types.Contains(id.ResourceType) ? id : null;

    private static RequestRoute Of(RequestKind kind, TargetId id) =>
        new(kind) { Subscription = id.Subscription, ResourceGroup = id.ResourceGroup, Target = id };

    private static bool Is(string segment, string word) => string.Equals(segment, word, StringComparison.OrdinalIgnoreCase);
}
