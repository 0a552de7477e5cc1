using System.Globalization;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Policies;

/// <summary>Reads durations: <c>90s</c>, <c>5m</c>, <c>1h30m</c>, <c>2d</c>; the largest unit first, each once.</summary>
internal static partial class DurationFields
{
    /// <summary>Nothing in scaling waits longer; beyond it a unit was mistaken.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Stands for every length that is refused anyway: a <see cref="TimeSpan"/> holds fewer days than the pattern lets through.</summary>
    private const long TooManySeconds = 100L * 366 * 24 * 3600;

    /// <param name="field">The field.</param>
    /// <param name="minimum">The shortest that is taken.</param>
    /// <param name="longest">The longest that is taken; 31 days when absent.</param>
    /// <returns>The duration; nothing when it is none, or out of the range, which is told.</returns>
    public static TimeSpan? Duration(this PolicyField field, TimeSpan minimum, TimeSpan? longest = null)
    {
        var maximum = longest ?? Longest;
        if (field.Node is not PolicyNode.Scalar scalar || Parse(scalar.Text) is not { } duration)
        {
            field.MustBe("a duration such as 90s, 5m, 1h30m or 2d");
            return null;
        }

        if (duration >= minimum && duration <= maximum)
        {
            return duration;
        }

        field.MustBe($"from {DurationText.Of(minimum)} to {DurationText.Of(maximum)}");
        return null;
    }

    private static TimeSpan? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (text.Length == 0 || !match.Success)
        {
            return null;
        }

        var hours = (Part(match, "d") * 24) + Part(match, "h");
        var seconds = (((hours * 60) + Part(match, "m")) * 60) + Part(match, "s");
        return TimeSpan.FromSeconds(Math.Min(seconds, TooManySeconds));
    }

    private static long Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } group ? long.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    /// <summary>Nine digits at most, so that no sum overflows a long.</summary>
    [GeneratedRegex(@"\A((?<d>0|[1-9][0-9]{0,8})d)?((?<h>0|[1-9][0-9]{0,8})h)?((?<m>0|[1-9][0-9]{0,8})m)?((?<s>0|[1-9][0-9]{0,8})s)?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
