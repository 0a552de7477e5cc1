using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A public address: unused when no interface, load balancer or gateway has it.</summary>
public sealed record PublicAddressSpec : IdleSpec
{
    /// <summary>One of those that are kept for documents (RFC 5737).</summary>
    public string Address { get; init; } = "203.0.113.10";

    /// <summary>Whether <see cref="IdleSpec.UsedBy"/> is a NAT gateway, which stands in a member of its own.</summary>
    public bool IsOfGateway { get; init; }

    internal override string SkuName => "Standard";

    internal override string? Meter => "Standard IPv4 Static Public IP";

    internal override JsonObject Properties()
    {
        var properties = new JsonObject
        {
            ["ipAddress"] = Address,
            ["publicIPAddressVersion"] = "IPv4",
            ["publicIPAllocationMethod"] = "Static",
            ["idleTimeoutInMinutes"] = 4,
            ["provisioningState"] = ProvisioningStates.Succeeded,
        };
        if (UsedBy is { } user)
        {
            properties[IsOfGateway ? "natGateway" : "ipConfiguration"] = new JsonObject { ["id"] = user };
        }

        return properties;
    }

    /// <summary>The id of a public address from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) =>
        Of(subscription, resourceGroup, "Microsoft.Network/publicIPAddresses", name);
}
