using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>The members of a plan that a PUT sets, all of them: what it leaves out is gone or at its default.</summary>
internal static class PlanDocument
{
    /// <summary>What only Azure says of a plan. A request that carries such a member has no say in it.</summary>
    private static readonly string[] ReadOnly =
        ["status", "subscription", "maximumNumberOfWorkers", "numberOfWorkers", "geoRegion", "numberOfSites", "resourceGroup", "provisioningState"];

    /// <summary>The plan at its start.</summary>
    public static JsonElement Of(PlanSpec spec)
    {
        var tags = new JsonObject();
        foreach (var (name, value) in spec.Tags)
        {
            tags[name] = value;
        }

        var document = new JsonObject
        {
            ["kind"] = spec.Tier == "ElasticPremium" ? "elastic" : "linux",
            ["location"] = spec.Region,
            ["tags"] = tags,
            ["sku"] = new JsonObject
            {
                ["name"] = spec.Sku,
                ["tier"] = spec.Tier,
                ["size"] = spec.Sku,
                ["family"] = spec.Sku[..1],
            },
            ["properties"] = new JsonObject
            {
                ["perSiteScaling"] = spec.Apps.Count > 0,
                ["elasticScaleEnabled"] = spec.ScalesAutomatically,
                ["maximumElasticWorkerCount"] = spec.ScalesAutomatically || spec.Tier == "ElasticPremium" ? spec.MaximumInstances : 1,
                ["isSpot"] = false,
                ["reserved"] = true,
                ["isXenon"] = false,
                ["hyperV"] = false,
                ["targetWorkerCount"] = 0,
                ["targetWorkerSizeId"] = 0,
                ["zoneRedundant"] = false,
            },
        };
        Merge(document, JsonNode.Parse(spec.Members)!.AsObject());
        return Element(document);
    }

    /// <summary>The plan a PUT describes.</summary>
    public static JsonElement Of(JsonElement body)
    {
        var document = JsonObject.Create(body)!;
        foreach (var name in (string[])["id", "name", "type"])
        {
            document.Remove(name);
        }

        document["sku"]?.AsObject().Remove("capacity");
        var properties = document["properties"] as JsonObject ?? [];
        document["properties"] = properties;
        foreach (var name in ReadOnly)
        {
            properties.Remove(name);
        }

        return Element(document);
    }

    /// <summary>The same plan with another size.</summary>
    public static JsonElement Resized(JsonElement plan, string size)
    {
        var document = JsonObject.Create(plan)!;
        Merge(document, new JsonObject
        {
            ["sku"] = new JsonObject
            {
                ["name"] = size,
                ["size"] = size,
                ["tier"] = PlanSize.All.FirstOrDefault(each => string.Equals(each.Name, size, StringComparison.OrdinalIgnoreCase))?.Tier,
            },
        });
        return Element(document);
    }

    private static JsonElement Element(JsonObject document)
    {
        using var parsed = JsonDocument.Parse(document.ToJsonString());
        return parsed.RootElement.Clone();
    }

    private static void Merge(JsonObject onto, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            if (value is JsonObject inner && onto[name] is JsonObject existing)
            {
                Merge(existing, inner);
                continue;
            }

            onto[name] = value?.DeepClone();
        }
    }
}
