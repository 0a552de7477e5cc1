using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>One setting of Azure Monitor autoscale in a simulated estate.</summary>
/// <param name="Id">Its id; it need not lie in the group of what it scales.</param>
/// <param name="Json">The body of the PUT that made it: location, tags and properties.</param>
public sealed record AutoscaleSettingSpec(TargetId Id, string Json)
{
    /// <summary>The id of a setting from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) => TargetId.Parse(
        $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/{AutoscaleSetting.ResourceType}/{name}");
}
