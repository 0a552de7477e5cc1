using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Resources;
using ScaleFunctions.Adapters.Throttling;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// The ways requests take to Azure. Reads are retried. Writes never are: the SDK would send one again after an answer that
/// says nothing, or after none, and the journal alone decides whether a write is repeated.
/// </summary>
internal sealed class ArmPipelines
{
    private readonly LaneGates _gates;
    private readonly HttpPipeline? _writes;

    /// <param name="connection">How Azure is reached.</param>
    /// <param name="gates">What is known of Azure's limits; nothing yet when absent.</param>
    public ArmPipelines(AzureConnection connection, LaneGates? gates = null)
    {
        Connection = connection;
        _gates = gates ?? new LaneGates(connection.Time);
        Hosts = new AzureHosts(connection);
        Client = new ArmClient(connection.Credential, defaultSubscriptionId: null, ClientOptions(connection));
        var scope = connection.Environment.DefaultScope;
        Reads = Build(
            ReadOptions(connection), Hosts.IsManagement, Throttle(), new BearerTokenAuthenticationPolicy(connection.Credential, scope));
        ReadsOnce = Build(
            OnceOptions(connection), Hosts.IsManagement, Throttle(mayWait: false),
            new BearerTokenAuthenticationPolicy(connection.Credential, scope));
        _writes = connection.IsReadOnly ? null : Build(
            OnceOptions(connection), Hosts.IsManagement, Throttle(isWrite: true, mayWait: false),
            new BearerTokenAuthenticationPolicy(connection.WriteCredential ?? connection.Credential, scope));
        Metrics = Build(
            ReadOptions(connection),
            Hosts.IsMetrics,
            Throttle(),
            new BearerTokenAuthenticationPolicy(connection.Credential, $"https://{connection.MetricsDomain}/.default"));
        Logs = Build(
            ReadOptions(connection),
            Hosts.IsLogs,
            Throttle(),
            new BearerTokenAuthenticationPolicy(connection.Credential, $"https://{connection.LogsHost}/.default"));
        Prices = Build(ReadOptions(connection), Hosts.IsPrices, Throttle(), token: null);
        WriterReads = Build(
            ReadOptions(connection), Hosts.IsManagement, Throttle(),
            new BearerTokenAuthenticationPolicy(connection.WriteCredential ?? connection.Credential, scope));
        WriterReadsOnce = Build(
            OnceOptions(connection), Hosts.IsManagement, Throttle(mayWait: false),
            new BearerTokenAuthenticationPolicy(connection.WriteCredential ?? connection.Credential, scope));
    }

    public AzureConnection Connection { get; }

    public AzureHosts Hosts { get; }

    /// <summary>The typed client, for reads only.</summary>
    public ArmClient Client { get; }

    public HttpPipeline Reads { get; }

    /// <summary>
    /// For the read that stands in for a precondition: tried once and no longer than a write, because a write that leaves late
    /// could arrive after its action was settled.
    /// </summary>
    public HttpPipeline ReadsOnce { get; }

    /// <exception cref="InvalidOperationException">The connection is for reading only.</exception>
    public HttpPipeline Writes => _writes ?? throw new InvalidOperationException("nothing is written over a connection that is for reading only");

    public HttpPipeline Metrics { get; }

    public HttpPipeline Logs { get; }

    /// <summary>To the public price list, without a token.</summary>
    public HttpPipeline Prices { get; }

    /// <summary>Reads as the identity that writes, for what it is asked about itself.</summary>
    public HttpPipeline WriterReads { get; }

    /// <summary>The same, tried once, just before a write.</summary>
    public HttpPipeline WriterReadsOnce { get; }

    /// <summary>Puts what all our reads have into the options of another of Azure's clients: guard, limits, retries, the way to the wire.</summary>
    public T ForReads<T>(T options, Func<Uri, bool> isAllowed)
        where T : ClientOptions
    {
        Configure(options, Connection, Connection.ReadTimeout).RetryPolicy = new ReadRetryPolicy(Connection);
        Guard(options, isAllowed);
        return options;
    }

    private void Guard(ClientOptions options, Func<Uri, bool> isAllowed)
    {
        options.AddPolicy(new HostGuardPolicy(isAllowed), HttpPipelinePosition.PerCall);
        if (Connection.IsReadOnly)
        {
            options.AddPolicy(new ReadOnlyPolicy(), HttpPipelinePosition.PerCall);
        }

        options.AddPolicy(Throttle(), HttpPipelinePosition.PerRetry);
    }

    private HttpPipeline Build(ClientOptions options, Func<Uri, bool> isAllowed, ThrottlePolicy throttle, BearerTokenAuthenticationPolicy? token) =>
        HttpPipelineBuilder.Build(
            options, Connection.IsReadOnly ? [new HostGuardPolicy(isAllowed), new ReadOnlyPolicy()] : [new HostGuardPolicy(isAllowed)],
            token is null ? [throttle] : [throttle, token], new ResponseClassifier());

    private ThrottlePolicy Throttle(bool isWrite = false, bool mayWait = true) => new(Connection, _gates, Hosts.IsManagement, isWrite, mayWait);

    private ArmClientOptions ClientOptions(AzureConnection connection)
    {
        var options = new ArmClientOptions { Environment = connection.Environment };
        Configure(options, connection, connection.ReadTimeout);
        options.RetryPolicy = new ReadRetryPolicy(connection);
        Guard(options, Hosts.IsManagement);
        options.SetApiVersion(VirtualMachineScaleSetResource.ResourceType, ApiVersions.ScaleSets);
        options.SetApiVersion(SubscriptionResource.ResourceType, ApiVersions.Subscriptions);
        return options;
    }

    private static PlainOptions ReadOptions(AzureConnection connection)
    {
        var options = Configure(new PlainOptions(), connection, connection.ReadTimeout);
        options.RetryPolicy = new ReadRetryPolicy(connection);
        return options;
    }

    private static PlainOptions OnceOptions(AzureConnection connection)
    {
        var options = Configure(new PlainOptions(), connection, connection.WriteTimeout);
        options.Retry.MaxRetries = 0;
        return options;
    }

    private static T Configure<T>(T options, AzureConnection connection, TimeSpan timeout)
        where T : ClientOptions
    {
        options.Transport = connection.Transport;
        options.Retry.NetworkTimeout = timeout;
        options.Diagnostics.ApplicationId = "ScaleFunctions";
        return options;
    }

    private sealed class PlainOptions : ClientOptions;
}
