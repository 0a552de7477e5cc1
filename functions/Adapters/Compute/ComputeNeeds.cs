using System.Text.Json;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>What the disks of a machine, or of the profile of many, ask of a size.</summary>
internal static class ComputeNeeds
{
    /// <summary>GiB of a system disk whose size is not told: what Azure's Windows images have, and Linux images less.</summary>
    private const double UntoldDiskGiB = 127;

    /// <param name="owner">What has a <c>storageProfile</c>.</param>
    public static SizeNeeds OfStorage(JsonElement owner)
    {
        var disks = Items(owner, "storageProfile.dataDisks");
        var system = BodyPath.Find(owner, "storageProfile.osDisk");
        return new SizeNeeds
        {
            DataDisks = disks.Count,
            PremiumStorage = disks.Append(system ?? default).Any(IsPremium),
            EphemeralDiskGiB = system is { } disk && BodyPath.Find(disk, "diffDiskSettings") is not null
                ? BodyPath.Number(disk, "diskSizeGB") ?? UntoldDiskGiB
                : null,
        };
    }

    public static IReadOnlyList<JsonElement> Items(JsonElement owner, string path) =>
        BodyPath.Find(owner, path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    public static IReadOnlyList<string> Texts(JsonElement owner, string path) =>
        [.. Items(owner, path).Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)];

    /// <summary>Premium_LRS, Premium_ZRS, PremiumV2_LRS, and the fastest, which asks for as much: UltraSSD_LRS.</summary>
    private static bool IsPremium(JsonElement disk) => BodyPath.Text(disk, "managedDisk.storageAccountType") is { } kind
        && (kind.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) || kind.StartsWith("Ultra", StringComparison.OrdinalIgnoreCase));
}
