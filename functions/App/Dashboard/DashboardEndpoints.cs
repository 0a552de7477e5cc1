namespace ScaleFunctions.App.Dashboard;

/// <summary>
/// The page: a static shell that anybody may have, under the Functions host through the function <c>Dashboard</c>. What it shows
/// comes from the API, with the caller's key in a header.
/// </summary>
internal sealed class DashboardEndpoints
{
    /// <summary>Where the page is.</summary>
    public const string Address = "/dashboard/";

    /// <summary>Nothing but our own files, no script or style in the page, in no frame, and no sink that takes markup.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private readonly IReadOnlyDictionary<string, DashboardFile> _files = DashboardFiles.Load();

    /// <summary>Whether a browser navigates, in contrast to the Functions host that asks whether we are ready.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/dashboard/{**path}", context => AnswerAsync(context, context.Request.RouteValues["path"] as string ?? ""));

    private async Task AnswerAsync(HttpContext context, string path)
    {
        Protect(context.Response.Headers);
        if (!_files.TryGetValue(path.Length == 0 ? "index.html" : path, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("There is no such page.");
            return;
        }

        // Asked for again each time, sent again only after an update.
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ETag = file.ETag;
        if (context.Request.Headers.IfNoneMatch.ToString() == file.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        await context.Response.Body.WriteAsync(file.Content);
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
