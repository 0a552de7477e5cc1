using NodaTime;
using NodaTime.TimeZones;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>Azure names time zones as Windows does; policies, and NodaTime, as IANA does. The mapping is Unicode's, as NodaTime ships it.</summary>
public static class WindowsTimeZones
{
    /// <summary>Windows keeps these two, which Azure lists and Unicode's mapping has dropped.</summary>
    private static readonly Dictionary<string, string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Kamchatka Standard Time"] = "Asia/Kamchatka",
        ["Mid-Atlantic Standard Time"] = "Etc/GMT+2",
    };

    private static readonly Dictionary<string, string> Names = new(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping, StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone of a Windows name; null when there is no such name.</summary>
    public static DateTimeZone? Find(string name) =>
        (Names.GetValueOrDefault(name) ?? Dropped.GetValueOrDefault(name)) is { } id
            ? id is "Etc/UTC" or "Etc/GMT" ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            : null;
}
