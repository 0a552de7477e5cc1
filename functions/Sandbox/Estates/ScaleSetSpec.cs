using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated scale set.</summary>
public sealed record ScaleSetSpec : ResourceSpec
{
    public ScaleSetSpec() => Sku = "Standard_D4s_v5";

    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary><c>Linux</c> or <c>Windows</c>.</summary>
    public string OperatingSystem { get; init; } = "Linux";

    /// <summary><c>Regular</c>, or <c>Spot</c> for capacity that Azure may take back.</summary>
    public string Priority { get; init; } = "Regular";

    /// <summary>For example <c>Windows_Server</c>, when the licence is paid for elsewhere; absent when it is not.</summary>
    public string? License { get; init; }

    /// <summary><c>Uniform</c> or <c>Flexible</c>.</summary>
    public string Orchestration { get; init; } = "Uniform";

    /// <summary>Sizes of an instance mix; empty for a scale set of one size. The size is then <c>Mix</c>.</summary>
    public IReadOnlyList<string> MixedSizes { get; init; } = [];

    /// <summary>Whether it describes its instances; machines are put one by one into one that does not, and it has no count.</summary>
    public bool HasModel { get; init; } = true;

    /// <summary><c>Manual</c>, <c>Automatic</c> or <c>Rolling</c>.</summary>
    public string UpgradeMode { get; init; } = "Manual";

    /// <summary>How many of its instances are protected from scale-in.</summary>
    public int ProtectedInstances { get; init; }

    /// <summary>Whether a health extension tells how each instance is.</summary>
    public bool ReportsHealth { get; init; } = true;

    public int DataDisks { get; init; }

    /// <summary>Whether its disks are premium ones.</summary>
    public bool HasPremiumDisks { get; init; }

    public int NetworkInterfaces { get; init; } = 1;

    public bool HasAcceleratedNetworking { get; init; }

    /// <summary>Size in GiB of system disks that are on the host; absent when they are not.</summary>
    public int? EphemeralDiskGiB { get; init; }

    internal override ResizeWay ResizeWay => UpgradeMode switch
    {
        "Rolling" => ResizeWay.InBatches,
        "Automatic" => ResizeWay.AtOnce,
        _ => ResizeWay.ByHand,
    };

    internal override IReadOnlyList<string> SpreadOver => Zones;

    /// <summary>The id of a scale set from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) => TargetId.Parse(
        $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}");
}
