using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting;

/// <summary>The web program both modes are: triggers, API, dashboard, nothing else, on the loopback interface only.</summary>
internal static class FunctionApp
{
    /// <summary>Makes a builder without anything inherited: addresses, in particular <c>ASPNETCORE_URLS</c>, are ours to set.</summary>
    public static WebApplicationBuilder CreateBuilder(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore().AddSingleton<IStartupFilter, ProtectedAnswers>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder;
    }

    /// <summary>Maps every function and starts to listen.</summary>
    /// <param name="app">The program.</param>
    /// <param name="port">Where it listens, for messages.</param>
    /// <param name="advice">What to do when the port cannot be had; appended to what is wrong.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="UserErrorException">The port cannot be had.</exception>
    public static async Task StartAsync(this WebApplication app, int port, string advice, CancellationToken cancellationToken)
    {
        app.UseRouting();
        app.MapTriggers();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new UserErrorException($"port {port} is in use{advice}", exception);
        }
        catch (SocketException exception)
        {
            throw new UserErrorException($"port {port} cannot be opened: {exception.Message}{advice}", exception);
        }
    }

    private static void MapTriggers(this WebApplication app)
    {
        app.Services.GetRequiredService<TriggerEndpoints>().Map(app);
        app.Services.GetRequiredService<Api.ApiEndpoints>().Map(app);
        app.Services.GetRequiredService<Dashboard.DashboardEndpoints>().Map(app);
        app.Services.GetRequiredService<HealthEndpoint>().Map(app);
        app.Services.GetRequiredService<BudgetWebhookEndpoint>().Map(app);
    }
}
