using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ScaleFunctions.Security.Tests;

/// <summary>A route of the running program.</summary>
/// <param name="Method">The HTTP method; empty for any.</param>
/// <param name="Pattern">As it was mapped.</param>
internal sealed partial record ProgramRoute(string Method, string Pattern)
{
    /// <summary>A path that leads to it.</summary>
    public string Sample => Parameter().Replace(Pattern, match => match.Groups["name"].Value is "target" ? "web" : "x").TrimStart('/');

    /// <summary>All routes, as the program's own routing has them.</summary>
    public static IReadOnlyList<ProgramRoute> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [""]).Select(method => new ProgramRoute(method, endpoint.RoutePattern.RawText ?? ""))),
    ];

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)(:[^}]+)?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
