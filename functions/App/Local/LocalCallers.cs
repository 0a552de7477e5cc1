using System.Net;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Who may call the local mode, which needs no key: programs of this machine, and pages that it served itself. A page from the
/// net can reach loopback through the browser, under its own name (cross-site) or under a name it made point here (rebinding).
/// </summary>
internal static class LocalCallers
{
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsOurs(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("Only for callers on this machine: ask http://localhost or http://127.0.0.1, and not from another site's page.");
    }

    private static bool IsOurs(HttpRequest request) =>
        IsLoopback(request.Host.Host)
        && (request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback)));
}
