namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>Types of resources that may stand about.</summary>
public static class LeftoverTypes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Microsoft.Compute/disks", "Microsoft.Compute/snapshots", "Microsoft.Network/publicIPAddresses", "Microsoft.Network/loadBalancers",
        "Microsoft.Web/serverfarms", "Microsoft.Compute/virtualMachines",
    ];
}
