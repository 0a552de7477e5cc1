using System.Text;

namespace ScaleFunctions.Core.Policies;

/// <summary>Writes a duration as policies have it: <c>90s</c> is <c>1m30s</c>.</summary>
public static class DurationText
{
    public static string Of(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (count, unit) in new[] { (duration.Days, 'd'), (duration.Hours, 'h'), (duration.Minutes, 'm'), (duration.Seconds, 's') })
        {
            if (count > 0)
            {
                text.Append(count).Append(unit);
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }
}
