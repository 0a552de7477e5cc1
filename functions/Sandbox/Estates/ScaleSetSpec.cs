using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated scale set, orchestrated uniformly.</summary>
public sealed record ScaleSetSpec
{
    public required TargetId Id { get; init; }

    /// <summary>The load on the service it runs.</summary>
    public required ILoadSource Load { get; init; }

    /// <summary>Azure region name in lower case without blanks.</summary>
    public string Region { get; init; } = "westeurope";

    public string Sku { get; init; } = "Standard_D4s_v5";

    public IReadOnlyList<string> Zones { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public int InitialCapacity { get; init; } = 2;

    /// <summary>From asking for an instance to its first serving minute; counted in whole minutes, rounded up.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>The id of a scale set from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) => TargetId.Parse(
        $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}");
}
