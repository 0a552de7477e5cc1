using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// The span and the metrics of an invocation, by OpenTelemetry's conventions for functions. The Functions host hands on no trace
/// of its own unless its telemetry is on, so an invocation belongs to what its message says, else to the request, else to nothing.
/// </summary>
internal static class InvocationTelemetry
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Name = "ScaleFunctions.App";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "faas.invoke_duration", "s", "Time an invocation took, without sending telemetry.");

    private static readonly Counter<long> Errors = Meter.CreateCounter<long>("faas.errors", "{error}", "Invocations that failed.");

    /// <summary>Begins the span; nothing when nobody traces.</summary>
    public static Activity? Start(Invocation invocation, HttpRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // The web server's own activity is nobody's span, and as a parent it would say that this one is not wanted either.
        Activity.Current = null;
        var sent = Parse(TraceParent(invocation));
        var called = Parse(request.Headers.TraceParent);
        var activity = Source.StartActivity(
            sent is null ? ActivityKind.Server : ActivityKind.Consumer,
            sent ?? called ?? default,
            links: sent is not null && called is { } caller ? [new ActivityLink(caller)] : null,
            name: invocation.Function);
        activity?.SetTag("faas.name", invocation.Function);
        activity?.SetTag("faas.invocation_id", invocation.Id);
        return activity;
    }

    /// <summary>Ends it, and counts.</summary>
    public static void End(Activity? activity, string function, bool isDone, TimeSpan took)
    {
        activity?.SetStatus(isDone ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        activity?.Dispose();
        var name = new KeyValuePair<string, object?>("faas.name", function);
        Duration.Record(took.TotalSeconds, name);
        if (!isDone)
        {
            Errors.Add(1, name);
        }
    }

    private static string? TraceParent(Invocation invocation) =>
        invocation.Data.TryGetValue("item", out var item) && item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("traceParent", out var parent) && parent.ValueKind == JsonValueKind.String
            ? Text(parent)
            : null;

    /// <summary>A message comes from outside, and what is no text must not fail it.</summary>
    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    private static ActivityContext? Parse(string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var context) ? context : null;
}
