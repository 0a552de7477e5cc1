using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Local;

/// <summary>A local run's status as JSON, on the loopback interface only.</summary>
internal static class StatusPage
{
    /// <summary>Starts it.</summary>
    /// <exception cref="UserErrorException">The port cannot be had.</exception>
    public static async Task<WebApplication> StartAsync(int port, LocalRun run, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();

        // Explicit addresses: an inherited ASPNETCORE_URLS must not move or open the page.
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var page = builder.Build();
        page.MapGet("/", () => Json(run.Status()));
        page.MapGet("/healthz", () => Results.Text("ok\n"));
        try
        {
            await page.StartAsync(cancellationToken);
            return page;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await page.DisposeAsync();
            throw new UserErrorException(
                $"port {port} is in use, perhaps by another local run. Choose another with --port; 0 picks a free one.", exception);
        }
        catch (SocketException exception)
        {
            await page.DisposeAsync();
            throw new UserErrorException(
                $"port {port} cannot be opened: {exception.Message}. Choose another with --port; 0 picks a free one.", exception);
        }
    }

    private static IResult Json(LocalStatus status) =>
        Results.Text(JsonSerializer.Serialize(status, AppJson.Default.LocalStatus), "application/json");
}
