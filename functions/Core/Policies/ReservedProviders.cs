namespace ScaleFunctions.Core.Policies;

/// <summary>Providers no kind may be declared of, and why.</summary>
internal static class ReservedProviders
{
    private const string Rights = "its resources say who may do what, and are never written from here";
    private const string Rules = "its resources rule over others, and are never written from here";
    private const string Secrets = "its resources keep secrets, and are never written from here";

    private const string Code = "its writes can run code";

    /// <summary>Words of an address that lead to resources of other providers: <c>…/services/s/providers/Microsoft.Authorization/…</c>.</summary>
    private static readonly string[] Ways = ["providers", "subscriptions", "resourceGroups", "managementGroups", "tenants"];

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Authorization"] = Rights,
        ["Microsoft.AAD"] = Rights,
        ["Microsoft.AzureActiveDirectory"] = Rights,
        ["Microsoft.ManagedIdentity"] = Rights,
        ["Microsoft.ManagedServices"] = Rights,
        ["Microsoft.Blueprint"] = Rules,
        ["Microsoft.Billing"] = Rules,
        ["Microsoft.Capacity"] = Rules,
        ["Microsoft.Consumption"] = Rules,
        ["Microsoft.CostManagement"] = Rules,
        ["Microsoft.GuestConfiguration"] = Rules,
        ["Microsoft.Management"] = Rules,
        ["Microsoft.PolicyInsights"] = Rules,
        ["Microsoft.Resources"] = Rules,
        ["Microsoft.Security"] = Rules,
        ["Microsoft.Solutions"] = Rules,
        ["Microsoft.Subscription"] = Rules,
        ["Microsoft.KeyVault"] = Secrets,
        ["Microsoft.AppConfiguration"] = Secrets,
        ["Microsoft.Compute"] = "what of it is scaled is built in, and its writes can run code on machines",
        ["Microsoft.HybridCompute"] = "its writes can run code on machines",
        ["Microsoft.Automation"] = Code,
        ["Microsoft.AzureStackHCI"] = Code,
        ["Microsoft.Batch"] = Code,
        ["Microsoft.ContainerInstance"] = Code,
        ["Microsoft.DataFactory"] = Code,
        ["Microsoft.Logic"] = Code,
        ["Microsoft.Web"] = "its plans are built in (type: plan), and writes of its apps can run code",
        ["Microsoft.Insights"] = "its autoscale settings are built in (actuator: steer), and its other resources watch this one",
        ["Microsoft.ContainerService"] = "agent pools are observed and never written; the cluster autoscaler scales them",
    };

    /// <summary>The reason, or nothing when a kind may be declared of the provider.</summary>
    public static string? Why(string resourceType) => Reasons.GetValueOrDefault(resourceType.Split('/')[0])
        ?? (resourceType.Split('/').Intersect(Ways, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } way ? $"'{way}' is no type; below it are resources of others" : null);
}
