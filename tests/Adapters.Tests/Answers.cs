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
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return body.ToJsonString();
    }
}
