namespace ScaleFunctions.App.Hosting;

/// <summary>
/// What every answer carries, whatever gives it, an error included: nobody guesses its type, frames it, runs anything in it, keeps it or
/// passes its address on. The page says for itself what it needs beyond that.
/// </summary>
internal sealed class ProtectedAnswers : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";

            // Ignored over plain HTTP, so it does no harm on loopback.
            headers.StrictTransportSecurity = "max-age=31536000";
            return rest(context);
        });
        next(app);
    };
}
