using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Counts each try of a request: each is billed.</summary>
internal sealed class CountingPolicy(UsageCounter usage, UsageKind kind) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => usage.Add(kind);

    /// <summary>Puts it into a client's options, where somebody counts.</summary>
    public static void Add(ClientOptions options, UsageCounter? usage, UsageKind kind)
    {
        if (usage is not null)
        {
            options.AddPolicy(new CountingPolicy(usage, kind), HttpPipelinePosition.PerRetry);
        }
    }
}
