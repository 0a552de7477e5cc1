using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// What a resource's own tag says of its off-hours, in the words of Cloud Custodian (c7n): nothing or <c>on</c>, those of the policy;
/// <c>off</c>, none; or times of its own, and a clock. What it leaves out the policy says.
/// </summary>
/// <example>
/// <code>
/// off=[(M-F,21),(U,18)];on=(M-F,6);tz=pt   off Monday to Friday 21:00 and Sunday 18:00, on Monday to Friday 06:00, Los Angeles
/// tz=Europe/Zurich                         the times of the policy by the clock of Zurich
/// off=(M-F,25)                             not read: nothing is stopped on it, and what is off is started
/// </code>
/// </example>
public abstract record OffHoursTag
{
    /// <summary>Azure allows no longer value.</summary>
    private const int MostLetters = 256;

    /// <summary>From Monday on; Thursday is H and Sunday U.</summary>
    private const string Days = "mtwhfsu";

    /// <summary>c7n's short names, each of a place so that summer time counts.</summary>
    private static readonly Dictionary<string, string> Clocks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pdt"] = "America/Los_Angeles",
        ["pt"] = "America/Los_Angeles",
        ["pst"] = "America/Los_Angeles",
        ["ast"] = "America/Phoenix",
        ["at"] = "America/Phoenix",
        ["est"] = "America/New_York",
        ["edt"] = "America/New_York",
        ["et"] = "America/New_York",
        ["cst"] = "America/Chicago",
        ["cdt"] = "America/Chicago",
        ["ct"] = "America/Chicago",
        ["mst"] = "America/Denver",
        ["mdt"] = "America/Denver",
        ["mt"] = "America/Denver",
        ["gmt"] = "Etc/GMT",
        ["gt"] = "Etc/GMT",
        ["bst"] = "Europe/London",
        ["ist"] = "Europe/Dublin",
        ["cet"] = "Europe/Berlin",
        ["it"] = "Asia/Kolkata",
        ["jst"] = "Asia/Tokyo",
        ["kst"] = "Asia/Seoul",
        ["sgt"] = "Asia/Singapore",
        ["aet"] = "Australia/Sydney",
        ["brt"] = "America/Sao_Paulo",
        ["utc"] = "Etc/UTC",
    };

    private OffHoursTag()
    {
    }

    /// <summary>Hours to keep: those of the policy, or of the tag.</summary>
    public sealed record Kept(OffSchedule Schedule) : OffHoursTag;

    /// <summary>Nothing is to be put off.</summary>
    public sealed record OptedOut : OffHoursTag;

    /// <summary>Nobody knows what is meant.</summary>
    public sealed record Unreadable(string Why) : OffHoursTag;

    /// <summary>Reads the value of a tag.</summary>
    /// <param name="value">As it is.</param>
    /// <param name="usual">What the policy says.</param>
    public static OffHoursTag Read(string value, OffSchedule usual)
    {
        // Some take the quotes in c7n's documentation for part of the value, as c7n knows.
        var text = value.Trim().Trim('\'', '"').ToLowerInvariant();
        if (text.Length > MostLetters)
        {
            return new Unreadable($"it is longer than {MostLetters} characters");
        }

        switch (text)
        {
            case "" or "on":
                return new Kept(usual);
            case "off":
                return new OptedOut();
        }

        List<OffEdge>? off = null, on = null;
        DateTimeZone? zone = null;
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, told) = part.Split('=') is [var key, var said] ? (key.Trim(), said.Trim()) : ("", part);
            switch (name)
            {
                case "off" when off is null && Times(told, isOff: true) is { } times:
                    off = times;
                    break;
                case "on" when on is null && Times(told, isOff: false) is { } times:
                    on = times;
                    break;
                case "tz" when zone is null && ZoneOf(told) is { } found:
                    zone = found;
                    break;
                default:
                    return new Unreadable($"{Quoted.Text(part)} is not understood; expected 'on', 'off', or off=[(M-F,21),(U,18)];on=(M-F,6);tz=Europe/Zurich");
            }
        }

        if (off is null && on is null)
        {
            return zone is null ? new Unreadable("it says nothing") : new Kept(usual.In(zone));
        }

        IReadOnlyList<OffEdge> edges =
        [
            .. off ?? usual.Edges.Where(edge => edge.IsOff),
            .. on ?? usual.Edges.Where(edge => !edge.IsOff),
        ];
        return edges.Any(edge => !edge.IsOff)
            ? new Kept(new OffSchedule.ByEdges(edges, zone ?? usual.Zone, usual.Except))
            : new Unreadable("nothing says when it is on again");
    }

    /// <summary>Null when it is none.</summary>
    private static List<OffEdge>? Times(string text, bool isOff)
    {
        List<OffEdge> edges = [];
        var bare = text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        foreach (var item in bare.Split(",("))
        {
            if (item.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Split(',') is not [var days, var clock]
                || clock.Length is 0 or > 2 || !int.TryParse(clock, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour > 23
                || DaysOf(days) is not { } found)
            {
                return null;
            }

            edges.AddRange(found.Select(day => new OffEdge(day, new LocalTime(hour, 0), isOff)));
        }

        return edges;
    }

    /// <summary>One day, or from one to another, over the end of the week too; null when it is neither.</summary>
    private static List<IsoDayOfWeek>? DaysOf(string text)
    {
        if (text.Split('-') is not ([{ Length: 1 }] or [{ Length: 1 }, { Length: 1 }]) || Days.IndexOf(text[0], StringComparison.Ordinal) is not (>= 0 and var day)
            || Days.IndexOf(text[^1], StringComparison.Ordinal) is not (>= 0 and var last))
        {
            return null;
        }

        List<IsoDayOfWeek> days = [(IsoDayOfWeek)(day + 1)];
        while (day != last)
        {
            day = (day + 1) % Days.Length;
            days.Add((IsoDayOfWeek)(day + 1));
        }

        return days;
    }

    /// <summary>c7n's short names go before the database's, of which some, such as EST, know no summer.</summary>
    private static DateTimeZone? ZoneOf(string text)
    {
        var name = Clocks.GetValueOrDefault(text, text);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? (DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(id => id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? DateTimeZoneProviders.Tzdb[found] : null);
    }
}
