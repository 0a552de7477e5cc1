using System.Globalization;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>
/// Our profile in a setting: a fixed date, so that Azure ends it by itself, with the rules, the maximum and all else of the profile
/// that would hold without it. Fixed dates go before all other profiles, and the first of them before the others, so ours is the
/// first in the list.
/// </summary>
internal static class FloorProfile
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>
    /// When a floor of now ends: after its length, or with the profile it is a copy of. Whole minutes, the last one begun included:
    /// a floor that ended in the minute it begins in would be none.
    /// </summary>
    public static DateTimeOffset End(DateTimeOffset now, DateTimeOffset? change)
    {
        var full = Floor(now + TemporaryFloor.Length);
        return change is { } at && Floor(at + Minute - TimeSpan.FromTicks(1)) is var edge && edge < full ? edge : full;
    }

    /// <summary>Whether it is what we would write now, end aside.</summary>
    public static bool IsCopyOf(AutoscaleProfile ours, AutoscaleProfile own) =>
        ours.ScalesLike(own) && ours.Minimum > own.Minimum && ours.Default == Math.Max(own.Default, ours.Minimum);

    /// <summary>A copy of a profile with a higher minimum, from this minute on.</summary>
    public static JsonObject Of(JsonObject own, AutoscaleProfile read, int minimum, DateTimeOffset now, DateTimeOffset end)
    {
        var profile = own.DeepClone().AsObject();
        profile.Remove("recurrence");
        profile["name"] = TemporaryFloor.Name;
        var capacity = profile["capacity"]!.AsObject();
        capacity["minimum"] = Text(minimum);
        capacity["default"] = Text(Math.Max(read.Default, minimum));
        profile["fixedDate"] = new JsonObject
        {
            ["timeZone"] = "UTC",
            ["start"] = Time(now),
            ["end"] = Time(end),
        };
        return profile;
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => time.AddTicks(-(time.Ticks % Minute.Ticks));

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:00Z", CultureInfo.InvariantCulture);
}
