using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated virtual machine. Its capacity is 1, or 0 when it is deallocated.</summary>
public sealed record VirtualMachineSpec : ResourceSpec
{
    public VirtualMachineSpec()
    {
        Sku = "Standard_D4s_v5";
        InitialCapacity = 1;
        BootTime = TimeSpan.FromMinutes(1);
    }

    /// <summary>Whether it begins shut down from within: it serves nothing, holds its place, and is billed.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Id of the scale set it is an instance of; absent when it is none.</summary>
    public string? ScaleSet { get; init; }

    /// <summary>Whether its system disk is on the host, so that deallocating would lose it: Azure refuses that.</summary>
    public bool HasEphemeralDisk { get; init; }

    public int DataDisks { get; init; }

    public bool HasPremiumDisks { get; init; }

    public int NetworkInterfaces { get; init; } = 1;

    /// <summary>Zone it is in; absent when it is in none.</summary>
    public string? Zone { get; init; }

    /// <summary>Sizes that the hardware has on which it runs; all when empty. One that is deallocated can become any.</summary>
    public IReadOnlyList<string> OfferedWhereItRuns { get; init; } = [];

    internal override ResizeWay ResizeWay => ResizeWay.Alone;

    internal override IReadOnlyList<string> SpreadOver => Zone is { } zone ? [zone] : [];

    internal override int LargestFleet => 1;

    /// <summary>The id of a machine from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) => TargetId.Parse(
        $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Compute/virtualMachines/{name}");
}
