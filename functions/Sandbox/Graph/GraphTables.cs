using System.Text.Json.Nodes;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Graph;

/// <summary>The tables of Resource Graph, as rows of the simulated estate. Types are in lower case there.</summary>
internal static class GraphTables
{
    /// <exception cref="FormatException">There is no such table.</exception>
    public static IEnumerable<JsonObject> Rows(SimulatedEstate estate, string table, IReadOnlyList<string> subscriptions) => table switch
    {
        "resources" => estate.Spec.All.Where(spec => spec.IsIndexed && Has(subscriptions, spec.Id.Subscription)).Select(spec => Resource(spec, estate.SizeOf(spec.Id))),
        "resourcecontainers" => subscriptions.Where(estate.HasSubscription).SelectMany(subscription => Containers(estate, subscription)),
        _ => throw new FormatException($"there is no table '{table}' here"),
    };

    private static JsonObject Resource(ResourceSpec spec, string size) => new()
    {
        ["id"] = spec.Id.Value,
        ["name"] = spec.Id.Name,
        ["type"] = spec.Id.ResourceType.ToLowerInvariant(),
        ["location"] = spec.Region,
        ["subscriptionId"] = spec.Id.Subscription,
        ["resourceGroup"] = spec.Id.ResourceGroup.ToLowerInvariant(),
        ["managedBy"] = spec.ManagedBy ?? "",
        ["sku"] = new JsonObject { ["name"] = size },
        ["tags"] = spec.Tags.Count == 0 ? null : new JsonObject(spec.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
    };

    private static IEnumerable<JsonObject> Containers(SimulatedEstate estate, string subscription)
    {
        yield return new JsonObject
        {
            ["id"] = $"/subscriptions/{subscription}",
            ["type"] = "microsoft.resources/subscriptions",
            ["subscriptionId"] = subscription,
            ["managedBy"] = "",
            ["properties"] = new JsonObject
            {
                ["state"] = "Enabled",
                ["managementGroupAncestorsChain"] = new JsonArray([.. estate.ManagementGroupsOf(subscription)
                    .Select(group => (JsonNode)new JsonObject { ["name"] = group, ["displayName"] = group })]),
            },
        };
        foreach (var group in estate.ResourceGroupsOf(subscription))
        {
            yield return new JsonObject
            {
                ["id"] = group.Id,
                ["name"] = group.Name,
                ["type"] = "microsoft.resources/subscriptions/resourcegroups",
                ["subscriptionId"] = subscription,
                ["location"] = group.Region,
                ["managedBy"] = group.ManagedBy ?? "",
            };
        }
    }

    private static bool Has(IReadOnlyList<string> subscriptions, string subscription) =>
        subscriptions.Contains(subscription, StringComparer.OrdinalIgnoreCase);
}
