namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// What the network of a size takes at most, which no API tells. As learn.microsoft.com/azure/virtual-machines/sizes had the series on
/// 2026-11-28. A size that is not here has no limit that is known, and then its network is not judged.
/// </summary>
public static class NetworkLimits
{
    private static readonly Dictionary<string, double> Megabits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Standard_D2s_v5"] = 12_500,
        ["Standard_D4s_v5"] = 12_500,
        ["Standard_D8s_v5"] = 12_500,
        ["Standard_D16s_v5"] = 12_500,
        ["Standard_D32s_v5"] = 16_000,
        ["Standard_D48s_v5"] = 24_000,
        ["Standard_D64s_v5"] = 30_000,
        ["Standard_D96s_v5"] = 35_000,
    };

    /// <summary>Mbit/s that may leave an instance; null where nobody wrote it down.</summary>
    public static double? MegabitsOf(string size) => Megabits.TryGetValue(size, out var limit) ? limit : null;
}
