using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScaleFunctions.App.Local.Triggers;

namespace ScaleFunctions.App.Tests.Local.Triggers;

/// <summary>
/// What a publisher sees of an Event Grid topic: takes events under its key, and hands them to a function by the local trigger
/// host, CloudEvents one by one and others together.
/// </summary>
internal sealed class EventTopic : IAsyncDisposable
{
    public const string Key = "the-key-of-this-topic";

    private readonly WebApplication _application;

    private EventTopic(LocalTriggerHost host, string function)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapPost("/api/events", context => TakeAsync(context, host, function));
    }

    public Uri Address => new(new Uri(_application.Urls.First()), "/api/events");

    public static async Task<EventTopic> StartAsync(LocalTriggerHost host, string function, CancellationToken cancellationToken)
    {
        var topic = new EventTopic(host, function);
        await topic._application.StartAsync(cancellationToken);
        return topic;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, LocalTriggerHost host, string function)
    {
        if (context.Request.Headers["aeg-sas-key"] != Key || context.Request.Query["api-version"] != "2018-01-01")
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            return;
        }

        using var sent = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var areCloudEvents = context.Request.ContentType?.StartsWith("application/cloudevents-batch+json", StringComparison.Ordinal) == true;
        foreach (var delivery in areCloudEvents ? [.. sent.RootElement.EnumerateArray()] : new[] { sent.RootElement })
        {
            var status = await host.DeliverEventsAsync(function, delivery, context.RequestAborted);
            context.Response.StatusCode = status == HttpStatusCode.Accepted ? (int)HttpStatusCode.OK : (int)status;
        }
    }
}
