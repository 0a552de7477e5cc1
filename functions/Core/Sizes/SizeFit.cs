using System.Globalization;
using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Sizes;

/// <summary>Compares what a size has with what a resource needs of it.</summary>
/// <remarks>
/// Capabilities are those of Azure's Resource SKUs: <c>MaxDataDiskCount</c>, <c>MaxNetworkInterfaces</c>, <c>PremiumIO</c>,
/// <c>AcceleratedNetworkingEnabled</c>, <c>EphemeralOSDiskSupported</c>, <c>CachedDiskBytes</c>, <c>MaxResourceVolumeMB</c>. One
/// that is needed and not named is taken for one that is not there.
/// </remarks>
public static class SizeFit
{
    private const double BytesPerGiB = 1024d * 1024 * 1024;

    private const double MegabytesPerGiB = 1024;

    /// <summary>Why a resource cannot take a size, for people; nothing when it can.</summary>
    public static string? WhyNot(SizeOffer size, SizeNeeds needs) =>
        needs.Offered is { } offered && !offered.Contains(size.Name) ? "it is not offered to this resource"
        : needs.Zones.FirstOrDefault(size.ClosedZones.Contains) is { } zone ? $"zone {zone} gives none of it"
        : needs.DataDisks > 0 && Number(size, "MaxDataDiskCount") is var disks && disks < needs.DataDisks
            ? $"it takes {disks:0} data disks, and there are {needs.DataDisks}"
        : needs.NetworkInterfaces > 1 && Number(size, "MaxNetworkInterfaces") is var interfaces && interfaces < needs.NetworkInterfaces
            ? $"it takes {interfaces:0} network interfaces, and there are {needs.NetworkInterfaces}"
        : needs.PremiumStorage && !Has(size, "PremiumIO") ? "it takes no premium disks"
        : needs.AcceleratedNetworking && !Has(size, "AcceleratedNetworkingEnabled") ? "it has no accelerated networking"
        : needs.EphemeralDiskGiB is { } disk && (!Has(size, "EphemeralOSDiskSupported") || HostDisk(size) < disk)
            ? string.Create(CultureInfo.InvariantCulture, $"it has no room of {disk:0} GiB on its host for the operating system's disk")
        : null;

    /// <summary>Cache and temporary disk both may hold it.</summary>
    private static double HostDisk(SizeOffer size) =>
        Math.Max(Number(size, "CachedDiskBytes") / BytesPerGiB, Number(size, "MaxResourceVolumeMB") / MegabytesPerGiB);

    private static double Number(SizeOffer size, string name) =>
        size.Capabilities.TryGetValue(name, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static bool Has(SizeOffer size, string name) =>
        size.Capabilities.TryGetValue(name, out var text) && string.Equals(text, "True", StringComparison.OrdinalIgnoreCase);
}
