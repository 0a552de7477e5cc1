using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ScaleFunctions.Tests.Shared;

/// <summary>A real HTTP server of this machine that answers as a test says, and remembers what arrived.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Arrival> _arrivals = new();

    private LoopbackServer(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _arrivals.Enqueue(new Arrival(
                context.Request.Method, context.Request.Path + context.Request.QueryString, body.ToArray(),
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await answer(context);
        });
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>All requests that arrived, in their order.</summary>
    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, Task> answer, CancellationToken cancellationToken)
    {
        var server = new LoopbackServer(answer);
        await server._application.StartAsync(cancellationToken);
        server.Address = new Uri(server._application.Urls.First());
        return server;
    }

    /// <summary>A server that answers with a status, and nothing else.</summary>
    public static Task<LoopbackServer> StartAsync(Func<int> status, CancellationToken cancellationToken) => StartAsync(
        context =>
        {
            context.Response.StatusCode = status();
            return Task.CompletedTask;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A request that hangs must not hold up the end.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    internal sealed record Arrival(string Method, string Target, byte[] Body, IReadOnlyDictionary<string, string> Headers);
}
