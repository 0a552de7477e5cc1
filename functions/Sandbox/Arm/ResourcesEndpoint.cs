using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads of subscriptions, resource groups and providers.</summary>
internal sealed class ResourcesEndpoint(SimulatedEstate estate)
{
    private const string Tenant = "00000000-0000-4000-8000-0000000000ff";

    private static readonly Provider[] Providers =
    [
        new("Microsoft.Compute", "virtualMachineScaleSets", "2024-07-01"),
        new("Microsoft.Web", "serverfarms", "2023-12-01"),
        new("Microsoft.Insights", "autoscaleSettings", "2022-10-01"),
    ];

    /// <summary>The error when the subscription or the group does not exist.</summary>
    public static SandboxAnswer? CheckScope(SimulatedEstate estate, RequestRoute route) =>
        !estate.Hierarchy.HasSubscription(route.Subscription)
            ? SandboxAnswer.Error(404, "SubscriptionNotFound", $"There is no subscription '{route.Subscription}'.")
        : route.ResourceGroup is { } group && !estate.Hierarchy.HasResourceGroup(route.Subscription, group)
            ? SandboxAnswer.Error(404, "ResourceGroupNotFound", $"There is no resource group '{group}'.")
        : null;

    public SandboxAnswer ListSubscriptions() => SandboxAnswer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var subscription in estate.Hierarchy.Subscriptions)
        {
            WriteSubscription(writer, subscription);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("count");
        writer.WriteString("type", "Total");
        writer.WriteNumber("value", estate.Hierarchy.Subscriptions.Count);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public SandboxAnswer GetSubscription(RequestRoute route) => CheckScope(estate, route)
        ?? SandboxAnswer.Json(200, writer => WriteSubscription(writer, route.Subscription));

    public SandboxAnswer GetResourceGroup(RequestRoute route) => CheckScope(estate, route) ?? SandboxAnswer.Json(200, writer =>
    {
        var first = estate.Hierarchy.FirstIn(route.Subscription, route.ResourceGroup!)!;
        writer.WriteStartObject();
        writer.WriteString("id", $"/subscriptions/{route.Subscription}/resourceGroups/{first.Id.ResourceGroup}");
        writer.WriteString("name", first.Id.ResourceGroup);
        writer.WriteString("type", "Microsoft.Resources/resourceGroups");
        writer.WriteString("location", first.Region);
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", ProvisioningStates.Succeeded);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public SandboxAnswer GetProvider(RequestRoute route)
    {
        if (CheckScope(estate, route) is { } error)
        {
            return error;
        }

        return Array.Find(Providers, provider => string.Equals(provider.Name, route.Provider, StringComparison.OrdinalIgnoreCase)) is not { } found
            ? SandboxAnswer.Error(404, "InvalidResourceNamespace", $"There is no provider '{route.Provider}'.")
            : SandboxAnswer.Json(200, writer => WriteProvider(writer, route.Subscription, found));
    }

    private static void WriteProvider(Utf8JsonWriter writer, string subscription, Provider provider)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"/subscriptions/{subscription}/providers/{provider.Name}");
        writer.WriteString("namespace", provider.Name);
        writer.WriteString("registrationState", "Registered");
        writer.WriteStartArray("resourceTypes");
        writer.WriteStartObject();
        writer.WriteString("resourceType", provider.Type);
        writer.WriteStartArray("locations");
        writer.WriteStringValue("West Europe");
        writer.WriteEndArray();
        writer.WriteStartArray("apiVersions");
        writer.WriteStringValue(provider.Version);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSubscription(Utf8JsonWriter writer, string subscription)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"/subscriptions/{subscription}");
        writer.WriteString("subscriptionId", subscription);
        writer.WriteString("tenantId", Tenant);
        writer.WriteString("displayName", $"Sandbox {subscription[^4..]}");
        writer.WriteString("state", "Enabled");
        writer.WriteStartObject("subscriptionPolicies");
        writer.WriteString("locationPlacementId", "Public_2014-09-01");
        writer.WriteString("quotaId", "PayAsYouGo_2014-09-01");
        writer.WriteString("spendingLimit", "Off");
        writer.WriteEndObject();
        writer.WriteString("authorizationSource", "RoleBased");
        writer.WriteEndObject();
    }

    private sealed record Provider(string Name, string Type, string Version);
}
