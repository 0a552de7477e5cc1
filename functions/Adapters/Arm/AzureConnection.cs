using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ScaleFunctions.Adapters.Throttling;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>How Azure is reached: what every client of ours needs. The sandbox differs from Azure in nothing else.</summary>
public sealed record AzureConnection
{
    public required TokenCredential Credential { get; init; }

    /// <summary>
    /// Sends the writes, when an identity of its own may do that: one that observes then has no right to change anything. Reads
    /// keep to <see cref="Credential"/>.
    /// </summary>
    public TokenCredential? WriteCredential { get; init; }

    /// <summary>Whether nothing may be written: then no client that writes is made, and what is no read is refused before it leaves.</summary>
    public bool IsReadOnly { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The way to the wire. It must not follow redirects.</summary>
    public HttpPipelineTransport Transport { get; init; } = HttpClientTransport.Shared;

    /// <summary>Resource Manager's address and audience; the public cloud by default.</summary>
    public ArmEnvironment Environment { get; init; } = ArmEnvironment.AzurePublicCloud;

    /// <summary>Regional metric hosts are <c>{region}.</c> and this.</summary>
    public string MetricsDomain { get; init; } = "metrics.monitor.azure.com";

    /// <summary>Queues of a storage account are at its name, a dot, and this.</summary>
    public string QueueDomain { get; init; } = "queue.core.windows.net";

    /// <summary>Where log queries are sent.</summary>
    public string LogsHost { get; init; } = "api.loganalytics.io";

    /// <summary>Where Azure's public price list is; no token goes there.</summary>
    public string PricesHost { get; init; } = "prices.azure.com";

    /// <summary>How long reads wait between tries; the SDK's exponential delay when absent.</summary>
    public DelayStrategy? ReadRetryDelay { get; init; }

    /// <summary>A read that is told to wait longer than this fails instead: the next tick reads again.</summary>
    public TimeSpan LongestReadDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How a read waits for its turn; in real time when absent.</summary>
    public Func<TimeSpan, CancellationToken, ValueTask>? Waiting { get; init; }

    /// <summary>Until when the work at hand may wait.</summary>
    public RequestDeadline Deadline { get; } = new();

    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this, whether a write landed is unknown.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal ValueTask Wait(TimeSpan time, CancellationToken cancellationToken) =>
        Waiting?.Invoke(time, cancellationToken) ?? new ValueTask(Task.Delay(time, Time, cancellationToken));

    /// <summary>A transport over a handler of the caller's, which keeps it and disposes of it.</summary>
    public static HttpPipelineTransport Over(HttpMessageHandler handler) =>
        // The pipelines have timeouts of their own; the client's would cut in unasked.
        new HttpClientTransport(new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });
}
