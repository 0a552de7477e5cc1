using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated scale set, orchestrated uniformly.</summary>
public sealed record ScaleSetSpec : ResourceSpec
{
    public ScaleSetSpec() => Sku = "Standard_D4s_v5";

    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The id of a scale set from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) => TargetId.Parse(
        $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}");
}
