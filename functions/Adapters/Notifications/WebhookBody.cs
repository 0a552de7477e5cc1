using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>What a webhook of anybody's gets, and how it can tell that it is from us. The form is documented in docs/alerts.md.</summary>
internal static class WebhookBody
{
    public const string Schema = "scalefunctions.alert/v1";
    public const string TimeHeader = "X-ScaleFunctions-Timestamp";
    public const string SignatureHeader = "X-ScaleFunctions-Signature";
    public const string IdHeader = "X-ScaleFunctions-Id";

    public static JsonObject Of(AlertMessage message) => new()
    {
        ["schema"] = Schema,
        ["id"] = IdOf(message),
        ["owner"] = message.Owner,
        ["urgency"] = Word(message.Urgency),
        ["title"] = message.Title,
        ["leftOut"] = message.LeftOut,
        ["alerts"] = new JsonArray([.. message.Alerts.Select(alert => (JsonNode)Of(alert))]),
    };

    /// <summary>The headers that go with a body.</summary>
    public static IReadOnlyDictionary<string, string> Sign(AlertMessage message, byte[] body, string key, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>
        {
            [IdHeader] = IdOf(message),
            [TimeHeader] = time,
            [SignatureHeader] = $"v1={Signature(time, body, key)}",
        };
    }

    /// <summary>HMAC-SHA256 of the time, a dot and the body, in hexadecimal: the time is signed, so that an old message cannot be sent again.</summary>
    public static string Signature(string time, byte[] body, string key)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
    }

    private static JsonObject Of(Alert alert)
    {
        var body = new JsonObject
        {
            ["fact"] = alert.Fact,
            ["at"] = Time(alert.At),
            ["urgency"] = Word(alert.Urgency),
            ["what"] = alert.What,
            ["why"] = alert.Why,
            ["about"] = alert.About,
        };
        if (alert.Money is { } money)
        {
            body["amount"] = money.Amount;
            body["currency"] = money.Currency;
            body["basis"] = money.Basis;
            body["asOf"] = Time(money.AsOf);
        }

        if (alert.Undo.Length > 0)
        {
            body["undo"] = alert.Undo;
        }

        if (alert.Snooze.Length > 0)
        {
            body["snooze"] = alert.Snooze;
        }

        return body;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A header takes no text of anybody's.</summary>
    public static string IdOf(AlertMessage message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)))[..32];

    public static string Word(AlertUrgency urgency) => urgency switch
    {
        AlertUrgency.Critical => "critical",
        AlertUrgency.Warning => "warning",
        _ => "notice",
    };
}
