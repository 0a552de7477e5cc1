using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Messaging.EventGrid;

namespace ScaleFunctions.Adapters.Events;

/// <summary>Makes clients of custom topics of Event Grid.</summary>
internal static class EventGridTopic
{
    /// <summary>What an address looks like, for messages.</summary>
    public const string Form = $"https://NAME.REGION-1{Domain}/api/events";

    /// <summary>Topics of Azure's public cloud; nobody else gets a token or a key of ours.</summary>
    private const string Domain = ".eventgrid.azure.net";

    public static bool IsTopic(Uri address) => address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0
        && address.IdnHost.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) && address.AbsolutePath == "/api/events" && address.Query.Length == 0;

    public static EventGridPublisherClient Client(Uri topic, TokenCredential credential, HttpPipelineTransport? transport, int retries) =>
        new(topic, credential, Options(transport, retries));

    public static EventGridPublisherClient Client(Uri topic, string key, HttpPipelineTransport? transport, int retries) =>
        new(topic, new AzureKeyCredential(key), Options(transport, retries));

    private static EventGridPublisherClientOptions Options(HttpPipelineTransport? transport, int retries)
    {
        var options = new EventGridPublisherClientOptions();
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Retry.MaxRetries = retries;
        options.Diagnostics.ApplicationId = "ScaleFunctions";
        if (transport is not null)
        {
            options.Transport = transport;
        }

        return options;
    }
}
