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
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>Whether it is what we would write now, end aside.</summary>
    public static bool IsCopyOf(AutoscaleProfile ours, AutoscaleProfile own) =>
        ours.ScalesLike(own) && ours.Minimum > own.Minimum && ours.Default == Math.Max(own.Default, ours.Minimum);

    /// <summary>A copy of a profile with a higher minimum, until <see cref="Length"/> from now, in whole minutes.</summary>
    public static JsonObject Of(JsonObject own, AutoscaleProfile read, int minimum, DateTimeOffset now)
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
            ["end"] = Time(now + Length),
        };
        return profile;
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:00Z", CultureInfo.InvariantCulture);
}
