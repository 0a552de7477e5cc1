using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>
/// What Azure refuses a size for. Those about data disks, the hardware cluster and the resource disk are as
/// people have quoted them (kubernetes-sigs/azuredisk-csi-driver issue 879, microsoft/service-fabric-issues issue 472,
/// MicrosoftDocs/azure-docs pull request 76920); the others are of the same kind.
/// </summary>
internal static class SizeFit
{
    public static SandboxAnswer? Refuse(ScaleSetSpec set, MachineSize size) =>
        Disks(set.DataDisks, size)
        ?? (set.NetworkInterfaces > size.NetworkInterfaces
            ? Refusal($"The number of network interfaces for the machine exceeds the maximum allowed for the size '{size.Name}': {size.NetworkInterfaces}.") : null)
        ?? (set.HasPremiumDisks && !size.HasPremiumStorage
            ? Refusal($"The size '{size.Name}' does not support the storage account type Premium_LRS.", "InvalidParameter") : null)
        ?? (set.HasAcceleratedNetworking && !size.HasAcceleratedNetworking
            ? Refusal($"The size '{size.Name}' is not supported by accelerated networking.", "VMSizeIsNotPermittedToEnableAcceleratedNetworking") : null)
        ?? (set.EphemeralDiskGiB > size.EphemeralGiB
            ? Refusal($"OS disk of Ephemeral VM with size greater than {size.EphemeralGiB} GB is not allowed for VM size {size.Name}.", "InvalidParameter") : null);

    public static SandboxAnswer? Refuse(VirtualMachineSpec machine, MachineSize from, MachineSize to) =>
        Disks(machine.DataDisks, to)
        ?? (from.TemporaryDiskGiB > 0 != to.TemporaryDiskGiB > 0
            ? Refusal($"Unable to resize the VM '{machine.Id.Name}' since changing from resource disk to non-resource disk VM size and vice-versa is not allowed.") : null);

    /// <summary>Where a machine runs there is only some hardware; one that is deallocated can begin anywhere.</summary>
    public static SandboxAnswer? NotHere(VirtualMachineSpec machine, MachineSize size) => Offers(machine, size) ? null : Refusal(
        $"Unable to resize the VM '{machine.Id.Name}' because the requested size {size.Name} is not available in the current hardware cluster. The available sizes in this cluster are: {string.Join(",", machine.OfferedWhereItRuns)}.");

    public static bool Offers(VirtualMachineSpec machine, MachineSize size) =>
        machine.OfferedWhereItRuns.Count == 0 || machine.OfferedWhereItRuns.Contains(size.Name, StringComparer.OrdinalIgnoreCase);

    private static SandboxAnswer? Disks(int disks, MachineSize size) => disks > size.DataDisks
        ? Refusal($"The maximum number of data disks allowed to be attached to a VM of this size is {size.DataDisks}.") : null;

    private static SandboxAnswer Refusal(string message, string code = "OperationNotAllowed") =>
        SandboxAnswer.Error(code == "OperationNotAllowed" ? 409 : 400, code, message);
}
