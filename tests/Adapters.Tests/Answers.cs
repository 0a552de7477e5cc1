using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>Bodies for answers that Azure would not give.</summary>
internal static class Answers
{
    /// <summary>A plausible scale set, with the members of a JSON object put over it.</summary>
    public static string ScaleSet(TargetId id, string change)
    {
        var body = JsonNode.Parse($$$"""
            {"id":"{{{id}}}","name":"{{{id.Name}}}","type":"Microsoft.Compute/virtualMachineScaleSets","location":"westeurope",
             "etag":"\"1\"","sku":{"name":"Standard_D4s_v5","capacity":5},"properties":{"provisioningState":"Succeeded"}}
            """)!.AsObject();
        return Put(change, body);
    }

    /// <summary>A plausible plan, with the members of a JSON object put over it.</summary>
    public static string Plan(TargetId id, string change) => Put(change, JsonNode.Parse($$$"""
        {"id":"{{{id}}}","name":"{{{id.Name}}}","type":"Microsoft.Web/serverfarms","kind":"app","location":"West Europe",
         "sku":{"name":"P1v3","tier":"PremiumV3","size":"P1v3","family":"Pv3","capacity":5},
         "properties":{"status":"Ready","numberOfWorkers":5,"maximumNumberOfWorkers":30,"provisioningState":"Succeeded"}}
        """)!.AsObject());

    private static string Put(string change, JsonObject body)
    {
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return body.ToJsonString();
    }
}
