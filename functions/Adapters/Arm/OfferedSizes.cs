using System.Text.Json;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>The list of sizes that a resource itself says it can have.</summary>
internal static class OfferedSizes
{
    /// <param name="arm">The way to Azure.</param>
    /// <param name="target">The resource.</param>
    /// <param name="list">Name of the list below it: <c>skus</c>, <c>vmSizes</c>.</param>
    /// <param name="apiVersion">Version of its API.</param>
    /// <param name="nameOf">The size of an entry; nothing for one that is none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The sizes; nothing when they could not all be read, for half a list says of none that it is not offered.</returns>
    public static async Task<IReadOnlySet<string>?> ReadAsync(
        ArmPipelines arm, TargetId target, string list, string apiVersion, Func<JsonElement, string?> nameOf, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, target, apiVersion));
        address.Path = $"{address.Path}/{list}";
        var sizes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm,
                address.Uri,
                "sizes",
                (entry, _) =>
                {
                    if (nameOf(entry) is { Length: > 0 } name)
                    {
                        sizes.Add(name);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            return problem is null && sizes.Count > 0 ? sizes : null;
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return null;
        }
    }
}
