using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>
/// A collector on loopback: takes OTLP over HTTP as protocol buffers and decodes it. Field numbers are those of
/// opentelemetry-proto 1.x (collector/*_service.proto, trace.proto, metrics.proto, logs.proto).
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _posts = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<(string Path, byte[] Body)> Posts => [.. _posts];

    public IReadOnlyList<Span> Spans => [.. Scopes("/v1/traces").SelectMany(scope => scope.Messages(2)).Select(span => new Span(
        span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Attributes(9),
        span.Messages(15).Any(status => status.Attribute3IsError())))];

    /// <summary>Names of metrics with their units.</summary>
    public IReadOnlyDictionary<string, string> Metrics => Scopes("/v1/metrics").SelectMany(scope => scope.Messages(2))
        .DistinctBy(metric => metric.Text(1)).ToDictionary(metric => metric.Text(1), metric => metric.Text(3));

    /// <summary>
    /// The last values of all series: of a counter its sum so far, of a histogram its count and sum so far, of a gauge what it
    /// was. Attributes are told by their values alone, in the order of their names.
    /// </summary>
    public IReadOnlyDictionary<(string Metric, string Attributes), Series> Values
    {
        get
        {
            var last = new Dictionary<(string, string), Series>();
            foreach (var metric in Scopes("/v1/metrics").SelectMany(scope => scope.Messages(2)))
            {
                // gauge, sum: NumberDataPoint { attributes = 7, as_double = 4, as_int = 6 }; histogram: { attributes = 9, count = 4, sum = 5 }.
                foreach (var point in metric.Messages(5).Concat(metric.Messages(7)).SelectMany(data => data.Messages(1)))
                {
                    last[(metric.Text(1), Told(point.Attributes(7)))] = new Series(point.Has(4) ? point.Real(4) : point.Fixed(6), 1, point.Attributes(7));
                }

                foreach (var point in metric.Messages(9).SelectMany(data => data.Messages(1)))
                {
                    last[(metric.Text(1), Told(point.Attributes(9)))] = new Series(point.Real(5), point.Fixed(4), point.Attributes(9));
                }
            }

            return last;
        }
    }

    /// <summary>What it answers; 200 unless said.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>Texts of log records with the traces they belong to, and their attributes.</summary>
    public IReadOnlyList<(string Trace, string Text, Dictionary<string, string> Attributes)> Logs =>
        [.. Scopes("/v1/logs").SelectMany(scope => scope.Messages(2)).Select(log => (
            log.Hex(9), log.Messages(5).Select(body => body.Text(1)).FirstOrDefault(""), log.Attributes(6)))];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<ProtoFields> Scopes(string path) => _posts.Where(post => post.Path == path)
        .SelectMany(post => new ProtoFields(post.Body).Messages(1)).SelectMany(resource => resource.Messages(2));

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _posts.Enqueue((context.Request.Path.Value!, body.ToArray()));
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/x-protobuf";
    }

    private static string Told(Dictionary<string, string> attributes) =>
        string.Join(' ', attributes.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value));

    /// <param name="Value">The value, or the sum of all.</param>
    /// <param name="Count">How many values.</param>
    /// <param name="Attributes">By name.</param>
    internal sealed record Series(double Value, long Count, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Span(string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Attributes, bool IsError);
}

file static class StatusFields
{
    /// <summary>Status.code is field 3, of which 2 is an error.</summary>
    public static bool Attribute3IsError(this ProtoFields status) => status.Hex(3) == "02";
}
