using Azure.ResourceManager.Compute.Models;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>How the machines of a scale set are billed, by their profile.</summary>
internal static class ScaleSetBilling
{
    /// <summary>The licences that are paid for elsewhere: learn.microsoft.com/azure/virtual-machines/windows/hybrid-use-benefit-licensing.</summary>
    internal static readonly string[] OwnLicenses = ["Windows_Server", "Windows_Client"];

    /// <summary>The terms; null when the profile does not tell what runs on them, as with flexible sets that have none.</summary>
    public static BillingTerms? Of(VirtualMachineScaleSetVmProfile? profile) => SystemOf(profile) is { } system
        ? new BillingTerms(
            system,
            IsSpot: profile!.Priority is { } priority && priority != VirtualMachinePriorityType.Regular,
            BringsLicense: OwnLicenses.Contains(profile.LicenseType, StringComparer.OrdinalIgnoreCase))
        : null;

    private static BilledSystem? SystemOf(VirtualMachineScaleSetVmProfile? profile) => profile?.StorageProfile?.OSDisk?.OSType switch
    {
        SupportedOperatingSystemType.Windows => BilledSystem.Windows,
        SupportedOperatingSystemType.Linux => BilledSystem.Linux,
        _ => profile?.OSProfile?.WindowsConfiguration is not null ? BilledSystem.Windows
            : profile?.OSProfile?.LinuxConfiguration is not null ? BilledSystem.Linux
            : null,
    };
}
