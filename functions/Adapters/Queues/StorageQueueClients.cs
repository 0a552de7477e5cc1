using Azure.Core;
using Azure.Storage.Queues;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>Makes the SDK's client the way the storage queues need it.</summary>
internal static class StorageQueueClients
{
    public static QueueServiceClient Create(Uri queueServiceUri, TokenCredential credential) => new(queueServiceUri, credential, Options());

    public static QueueServiceClient Create(string connectionString) => new(connectionString, Options());

    /// <remarks>Sends are repeated by the SDK like everything else: a hint may come twice. Storage answers within seconds or not at all.</remarks>
    internal static QueueClientOptions Options()
    {
        // None: the encoding is ours, so that one message that is not readable does not fail all that came with it.
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.Diagnostics.ApplicationId = "ScaleFunctions";
        return options;
    }
}
