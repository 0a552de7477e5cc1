using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>The day of the week and the time by the clock of a schedule, with its offset where that is not UTC: <c>Mon 19:00 +01:00</c>.</summary>
public static class ClockText
{
    public static string Of(DateTimeOffset at) => at.ToString(at.Offset == TimeSpan.Zero ? "ddd HH:mm" : "ddd HH:mm zzz", CultureInfo.InvariantCulture);
}
