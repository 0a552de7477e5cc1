using Microsoft.AspNetCore.Routing.Template;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Which methods a path may be called with, so that a wrong one is not told that there is nothing.</summary>
internal sealed class CallPatterns
{
    private readonly IReadOnlyList<(TemplateMatcher Path, IReadOnlyList<string> Methods)> _calls;

    /// <param name="routes">What is mapped so far.</param>
    /// <param name="root">The beginning of the paths that are looked at.</param>
    public CallPatterns(IEndpointRouteBuilder routes, string root) => _calls =
    [
        .. routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith(root, StringComparison.Ordinal) == true)
            .Select(endpoint => (new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []), endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])),
    ];

    /// <summary>The methods; none when there is no such path.</summary>
    public IReadOnlyList<string> MethodsOf(PathString path) =>
        [.. _calls.Where(call => call.Path.TryMatch(path, [])).SelectMany(call => call.Methods).Distinct().Order(StringComparer.Ordinal)];
}
