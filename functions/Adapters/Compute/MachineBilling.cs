using System.Text.Json;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>How a virtual machine is billed, by its properties.</summary>
internal static class MachineBilling
{
    /// <summary>The terms; null when it does not tell what runs on it.</summary>
    public static BillingTerms? Of(JsonElement machine) => SystemOf(machine) is { } system
        ? new BillingTerms(
            system,
            IsSpot: BodyPath.Text(machine, "properties.priority") is { } priority && !priority.Equals("Regular", StringComparison.OrdinalIgnoreCase),
            BringsLicense: ScaleSetBilling.OwnLicenses.Contains(BodyPath.Text(machine, "properties.licenseType"), StringComparer.OrdinalIgnoreCase))
        : null;

    private static BilledSystem? SystemOf(JsonElement machine) => BodyPath.Text(machine, "properties.storageProfile.osDisk.osType") switch
    {
        "Windows" => BilledSystem.Windows,
        "Linux" => BilledSystem.Linux,
        _ => null,
    };
}
