using System.Globalization;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>What each channel says of an alert, in the same order: why, money, what it is about, how it is undone, how it is put off.</summary>
internal static class AlertText
{
    private const int Longest = 600;

    public static string Cut(string text) => text.Length <= Longest ? text : $"{text.AsSpan(0, Longest - 1)}…";

    public static IEnumerable<(string Name, string Text)> Facts(Alert alert)
    {
        yield return ("Why", Cut(alert.Why));
        if (alert.Money is { } money)
        {
            yield return ("Money", Of(money));
        }

        yield return ("About", Cut(alert.About));
        if (alert.Undo.Length > 0)
        {
            yield return ("Undo", Cut(alert.Undo));
        }

        if (alert.Snooze.Length > 0)
        {
            yield return ("Snooze", Cut(alert.Snooze));
        }
    }

    public static string Of(AlertMoney money) =>
        string.Create(CultureInfo.InvariantCulture, $"{money.Amount:#,##0.00} {money.Currency} ({money.Basis}; as of {money.AsOf.UtcDateTime:yyyy-MM-dd HH:mm} UTC)");

    public static string LeftOut(AlertMessage message) => message.LeftOut == 0 ? "" : $"and {message.LeftOut} more; the journal has all of them";

    public static byte[] Bytes(JsonObject body) => System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
}
