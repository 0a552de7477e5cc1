using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Addresses of resources at Resource Manager.</summary>
internal static class ResourceAddress
{
    public static Uri Of(AzureConnection connection, TargetId target, string apiVersion)
    {
        var parts = target.Value[1..].Split('/');

        // An address is tidied before it is sent: "x/../y" would become another resource.
        if (parts.Any(part => part is "." or ".."))
        {
            throw new ArgumentException($"'{target}' is not the id of a resource", nameof(target));
        }

        return new Uri(connection.Environment.Endpoint, $"/{string.Join('/', parts.Select(Uri.EscapeDataString))}?api-version={apiVersion}");
    }
}
