using Azure.Core;
using Azure.Storage.Queues;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>Makes the SDK's client the way the storage queues need it.</summary>
internal static class StorageQueueClients
{
    public static QueueServiceClient Create(Uri queueServiceUri, TokenCredential credential, UsageCounter? usage = null) =>
        new(queueServiceUri, credential, Options(usage));

    public static QueueServiceClient Create(string connectionString, UsageCounter? usage = null) => new(connectionString, Options(usage));

    /// <remarks>Sends are repeated by the SDK like everything else: a hint may come twice. Storage answers within seconds or not at all.</remarks>
    internal static QueueClientOptions Options(UsageCounter? usage = null)
    {
        // None: the encoding is ours, so that one message that is not readable does not fail all that came with it.
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.Diagnostics.ApplicationId = "ScaleFunctions";
        CountingPolicy.Add(options, usage, UsageKind.QueueTransactions);
        return options;
    }
}
