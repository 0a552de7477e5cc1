using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Graph;

/// <summary>The tables of Resource Graph, as rows of the simulated estate. Types are in lower case there.</summary>
internal static class GraphTables
{
    /// <exception cref="FormatException">There is no such table.</exception>
    public static IEnumerable<JsonObject> Rows(SimulatedEstate estate, string table, IReadOnlyList<string> subscriptions) => table switch
    {
        "resources" =>
        [
            .. estate.Spec.All.Where(spec => spec.IsIndexed && Has(subscriptions, spec.Id.Subscription)).Select(spec => Resource(spec, estate.View(spec.Id)!)),
            .. estate.Spec.Idle.Where(spec => Has(subscriptions, spec.Id.Subscription)).Select(Idle),
        ],
        "resourcecontainers" => subscriptions.Where(estate.Hierarchy.HasSubscription).SelectMany(subscription => Containers(estate, subscription)),
        _ => throw new FormatException($"there is no table '{table}' here"),
    };

    private static JsonObject Resource(ResourceSpec spec, ResourceView view)
    {
        var row = Row(spec.Id, spec.Region, spec.ManagedBy ?? "", view.Size, spec.Tags);
        if (Properties(view) is { } properties)
        {
            row["properties"] = properties;
        }

        return row;
    }

    private static JsonObject Idle(IdleSpec spec)
    {
        var row = Row(spec.Id, spec.Region, spec.ManagedBy, spec.SkuName, spec.Tags);
        row["properties"] = spec.Properties();
        return row;
    }

    private static JsonObject Row(TargetId id, string region, string managedBy, string size, IReadOnlyDictionary<string, string> tags) => new()
    {
        ["id"] = id.Value,
        ["name"] = id.Name,
        ["type"] = id.ResourceType.ToLowerInvariant(),
        ["location"] = region,
        ["subscriptionId"] = id.Subscription,
        ["resourceGroup"] = id.ResourceGroup.ToLowerInvariant(),
        ["managedBy"] = managedBy,
        ["sku"] = new JsonObject { ["name"] = size },
        ["tags"] = tags.Count == 0 ? null : new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
    };

    /// <summary>What is asked of plans and machines there: whether a plan is empty, whether a machine runs.</summary>
    private static JsonObject? Properties(ResourceView view) => view.Spec switch
    {
        PlanSpec plan => new JsonObject { ["numberOfSites"] = plan.Sites, ["numberOfWorkers"] = view.Capacity, ["status"] = "Ready" },
        VirtualMachineSpec => new JsonObject
        {
            ["timeCreated"] = view.CreatedAt.UtcDateTime.ToString("O"),
            ["extended"] = new JsonObject
            {
                ["instanceView"] = new JsonObject { ["powerState"] = new JsonObject { ["code"] = $"PowerState/{VirtualMachineJson.Power(view)}" } },
            },
        },
        _ => null,
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
                ["managementGroupAncestorsChain"] = new JsonArray([.. estate.Hierarchy.ManagementGroupsOf(subscription)
                    .Select(group => (JsonNode)new JsonObject { ["name"] = group, ["displayName"] = group })]),
            },
        };
        foreach (var group in estate.Hierarchy.ResourceGroupsOf(subscription))
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
