using System.Globalization;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// Whether a resource could take a size, as far as Azure's list of sizes tells. What it does not tell of something that is needed
/// counts as not there. Capabilities are named as in <c>Microsoft.Compute/skus</c> (2021-07-01). A new check is one line.
/// </summary>
public static class SizeChecks
{
    private delegate string? Check(SizeOffer size, SizeOffer now, SizeNeeds needs);

    private static readonly Check[] All =
    [
        (size, _, _) => size.WhyNot is { } why ? $"Azure gives the subscription none of it in the region ({why})" : null,
        (size, _, needs) => needs.Zones.Intersect(size.ClosedZones).ToList() is { Count: > 0 } closed ? $"Azure gives none of it in zone {string.Join(", ", closed)}" : null,
        (size, _, needs) => needs.Offered?.Contains(size.Name, StringComparer.OrdinalIgnoreCase) == false ? "the resource's own list of sizes does not have it" : null,
        (size, _, needs) => needs.DataDisks > Number(size, "MaxDataDiskCount") ? $"it takes {Told(size, "MaxDataDiskCount")} data disks, and {needs.DataDisks} are attached" : null,
        (size, _, needs) => needs.NetworkInterfaces > Math.Max(1, Number(size, "MaxNetworkInterfaces")) ? $"it takes {Told(size, "MaxNetworkInterfaces")} network interfaces, and there are {needs.NetworkInterfaces}" : null,
        (size, _, needs) => needs.PremiumStorage && !Has(size, "PremiumIO") ? "it takes no premium storage" : null,
        (size, _, needs) => needs.EphemeralDiskGiB is { } disk && !HoldsEphemeral(size, disk) ? string.Create(CultureInfo.InvariantCulture, $"an ephemeral disk of {disk:0.#} GiB does not fit on it") : null,
        (size, _, needs) => needs.AcceleratedNetworking && !Has(size, "AcceleratedNetworkingEnabled") ? "it has no accelerated networking" : null,
        (size, now, _) => Architecture(size) != Architecture(now) ? $"its processors are {Architecture(size)}, those of now {Architecture(now)}" : null,
        (size, now, _) => Words(now, "HyperVGenerations").Except(Words(size, "HyperVGenerations")).ToList() is { Count: > 0 } missing ? $"it takes no images of generation {string.Join(", ", missing)}, and nobody knows whether this is one" : null,
        (size, now, _) => Words(now, "DiskControllerTypes").Except(Words(size, "DiskControllerTypes")).ToList() is { Count: > 0 } missing ? $"it has no {string.Join(", ", missing)} disk controller" : null,

        // https://learn.microsoft.com/azure/virtual-machines/azure-vms-no-temp-disk: no resize between sizes with and without a local disk.
        (size, now, _) => HasLocalDisk(size) is { } local && HasLocalDisk(now) is { } before && local != before ? (before ? "it has no local temporary disk, and there is one" : "it has a local temporary disk, and there is none") : null,
        (size, now, _) => Number(size, "GPUs") != Number(now, "GPUs") ? "it has other graphics processors" : null,
        (size, now, _) => IsBurstable(size) && !IsBurstable(now) ? "it is burstable: its cores are only there as long as it has credits" : null,
    ];

    /// <summary>Why not, for people; null when nothing speaks against it.</summary>
    public static string? WhyNot(SizeOffer size, SizeOffer now, SizeNeeds needs) =>
        All.Select(check => check(size, now, needs)).FirstOrDefault(why => why is not null);

    /// <summary>Sizes of the B series: what the metric calls 100 % is more than they may use for long.</summary>
    public static bool IsBurstable(SizeOffer size) =>
        size.Name.StartsWith("Standard_B", StringComparison.OrdinalIgnoreCase) && size.Name.Length > 10 && char.IsAsciiDigit(size.Name[10]);

    private static bool HoldsEphemeral(SizeOffer size, double disk) => Has(size, "EphemeralOSDiskSupported")
        && Math.Max(Number(size, "CachedDiskBytes") / (1024.0 * 1024 * 1024), Number(size, "MaxResourceVolumeMB") / 1024) >= disk;

    private static bool? HasLocalDisk(SizeOffer size) => size.Capabilities.ContainsKey("MaxResourceVolumeMB") ? Number(size, "MaxResourceVolumeMB") > 0 : null;

    private static string Architecture(SizeOffer size) => size.Capabilities.GetValueOrDefault("CpuArchitectureType") ?? "x64";

    private static bool Has(SizeOffer size, string capability) => string.Equals(size.Capabilities.GetValueOrDefault(capability), "True", StringComparison.OrdinalIgnoreCase);

    private static double Number(SizeOffer size, string capability) =>
        double.TryParse(size.Capabilities.GetValueOrDefault(capability), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Told(SizeOffer size, string capability) => size.Capabilities.GetValueOrDefault(capability) ?? "nobody knows how many";

    /// <summary>Empty where nothing is said: then nothing is asked of others either, nor refused to them.</summary>
    private static IEnumerable<string> Words(SizeOffer size, string capability) =>
        (size.Capabilities.GetValueOrDefault(capability) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => word.ToUpperInvariant());
}
