using System.Diagnostics.Metrics;
using Azure;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>What requests to Azure count and measure, for whoever listens. Attributes name services, no resources and no subscriptions.</summary>
public static class ThrottleMeter
{
    public const string Name = "ScaleFunctions.Azure";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "scalefunctions.azure.requests", "{request}", "Tries of requests to Azure, by service, verb and status.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "scalefunctions.throttle.refusals", "{response}", "Answers 429.");

    private static readonly Counter<long> Deferrals = Meter.CreateCounter<long>(
        "scalefunctions.throttle.deferrals", "{request}", "Requests that were not sent: they would have had to wait too long for Azure's limits.");

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "scalefunctions.throttle.wait", "s", "Time that requests waited for Azure's limits.");

    internal static void Answered(RequestLane lane, bool isManagement, Response? response)
    {
        Requests.Add(
            1, Service(lane, isManagement), Verb(lane),
            new KeyValuePair<string, object?>("http.response.status_code", response?.Status ?? 0));
        if (response is { Status: 429 })
        {
            Refusals.Add(1, Service(lane, isManagement), Verb(lane));
        }
    }

    internal static void Deferred(RequestLane lane, bool isManagement) => Deferrals.Add(1, Service(lane, isManagement), Verb(lane));

    internal static void Waited(TimeSpan wait) => Waits.Record(wait.TotalSeconds);

    /// <summary>The provider, or the service without its region: each region would be a series of its own.</summary>
    private static KeyValuePair<string, object?> Service(RequestLane lane, bool isManagement) => new(
        "scalefunctions.azure.service",
        isManagement || lane.Provider.IndexOf('.', StringComparison.Ordinal) is not (>= 0 and var dot) ? lane.Provider : lane.Provider[(dot + 1)..]);

    private static KeyValuePair<string, object?> Verb(RequestLane lane) => new("scalefunctions.azure.verb", lane.IsWrite ? "write" : "read");
}
