using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A load balancer with one pool: empty when nothing is behind it.</summary>
public sealed record LoadBalancerSpec : IdleSpec
{
    /// <summary>Ids of what is in its pool.</summary>
    public IReadOnlyList<string> Backends { get; init; } = [];

    internal override string SkuName => "Standard";

    internal override string? Meter => "Standard Included LB Rules and Outbound Rules";

    internal override JsonObject Properties() => new()
    {
        ["frontendIPConfigurations"] = new JsonArray(new JsonObject { ["name"] = "front" }),
        ["backendAddressPools"] = new JsonArray(new JsonObject
        {
            ["name"] = "pool",
            ["properties"] = new JsonObject
            {
                ["backendIPConfigurations"] = new JsonArray([.. Backends.Select(each => (JsonNode)new JsonObject { ["id"] = each })]),
                ["loadBalancerBackendAddresses"] = new JsonArray(),
            },
        }),
        ["loadBalancingRules"] = new JsonArray(new JsonObject { ["name"] = "https" }),
        ["outboundRules"] = new JsonArray(),
        ["inboundNatRules"] = new JsonArray(),
        ["provisioningState"] = ProvisioningStates.Succeeded,
    };

    /// <summary>The id of a load balancer from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) =>
        Of(subscription, resourceGroup, "Microsoft.Network/loadBalancers", name);
}
