using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Addresses of resources at Resource Manager.</summary>
internal static class ResourceAddress
{
    /// <summary>An id has no part like <c>..</c> that would lead to another resource: such a text is no <see cref="TargetId"/>.</summary>
    public static Uri Of(AzureConnection connection, TargetId target, string apiVersion) => new(
        connection.Environment.Endpoint,
        $"/{string.Join('/', target.Value[1..].Split('/').Select(Uri.EscapeDataString))}?api-version={apiVersion}");
}
