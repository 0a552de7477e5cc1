using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The managed identity of an app on App Service, protocol of 2019-08-01: its tokens are the sandbox's.</summary>
internal sealed class IdentityEndpoint : IAsyncDisposable
{
    public const string Secret = "identity-header-of-the-test";

    private readonly WebApplication _app;
    private int _tokens;

    private IdentityEndpoint()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Address => $"{_app.Urls.First()}/msi/token";

    public int Tokens => _tokens;

    public static async Task<IdentityEndpoint> StartAsync()
    {
        var endpoint = new IdentityEndpoint();
        await endpoint._app.StartAsync(TestContext.Current.CancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers["X-IDENTITY-HEADER"] != Secret || context.Request.Query["api-version"] != "2019-08-01")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        Interlocked.Increment(ref _tokens);
        var expires = DateTimeOffset.UtcNow.AddHours(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$"""{"access_token":"sandbox","expires_on":"{{expires}}","resource":"{{context.Request.Query["resource"]}}","token_type":"Bearer","client_id":"c"}""");
    }
}
