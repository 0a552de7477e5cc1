using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Counts each try of a request: each is billed.</summary>
internal sealed class CountingPolicy(UsageCounter usage, Func<Request, UsageKind> kindOf) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => usage.Add(kindOf(message.Request));

    /// <summary>Puts it into a client's options, where somebody counts.</summary>
    public static void Add(ClientOptions options, UsageCounter? usage, UsageKind kind) => Add(options, usage, _ => kind);

    /// <summary>The same, where requests of one client are of several kinds.</summary>
    public static void Add(ClientOptions options, UsageCounter? usage, Func<Request, UsageKind> kindOf)
    {
        if (usage is not null)
        {
            options.AddPolicy(new CountingPolicy(usage, kindOf), HttpPipelinePosition.PerRetry);
        }
    }
}
