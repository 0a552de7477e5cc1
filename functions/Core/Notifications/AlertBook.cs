using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Notifications;

/// <summary>
/// Decides what an owner is told now: a fact once, a few messages an hour, and then one that holds the rest. What is critical is
/// always sent at once.
/// </summary>
public static class AlertBook
{
    /// <summary>More messages than this in an hour are muted by whom they are for.</summary>
    public const int MostAnHour = 5;

    /// <summary>A digest is read on one screen.</summary>
    public const int MostInDigest = 20;

    /// <summary>A ledger is one document: beyond it the facts that were met longest ago are forgotten, and told again.</summary>
    public const int MostKnown = 1_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A fact that was not met for so long is news when it is met again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>What stands is met each minute: that is noted once a day.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromDays(1);

    /// <summary>Takes in an alert.</summary>
    /// <returns>The ledger from then on, the same one when nothing is to be noted; and what to send, nothing when it is known or waits.</returns>
    public static (AlertLedger Ledger, AddressedMessage? Message) Take(AlertLedger ledger, Alert alert, IReadOnlyList<AlertChannel> channels, DateTimeOffset now)
    {
        if (ledger.Known.TryGetValue(alert.Fact, out var met) && (now - met).Duration() < Noted)
        {
            return (ledger, null);
        }

        var current = Forget(ledger, now);
        var isKnown = current.Known.ContainsKey(alert.Fact);
        current = current with { Known = new Dictionary<string, DateTimeOffset>(current.Known) { [alert.Fact] = now } };
        return isKnown ? (current, null)
            : alert.Urgency == AlertUrgency.Critical || (current.Held.Count == 0 && current.Sent.Count < MostAnHour)
                ? (current with { Sent = [.. current.Sent, now] }, new AddressedMessage(new AlertMessage(IdOf(alert.Owner, alert.Fact, now), alert.Owner, [alert]), channels))
            : (current.Held.Count < MostInDigest ? current with { Held = [.. current.Held, new HeldAlert(alert, channels)] } : current with { LeftOut = current.LeftOut + 1 }, null);
    }

    /// <summary>The digest that is due: what waits is sent when the hour of the last messages is over, to each channel what is for it.</summary>
    public static (AlertLedger Ledger, IReadOnlyList<AddressedMessage> Messages) Digest(AlertLedger ledger, DateTimeOffset now)
    {
        var current = Forget(ledger, now);
        if (current.Held.Count == 0 || current.Sent.Count >= MostAnHour)
        {
            return (ledger, []);
        }

        var messages = from held in current.Held
                       from channel in held.Channels
                       group held.Alert by channel into alerts
                       let owner = alerts.First().Owner
                       select new AddressedMessage(
                           new AlertMessage(IdOf(owner, DigestOf(alerts, current.LeftOut), now), owner, [.. alerts], current.LeftOut), [alerts.Key]);
        return (current with { Held = [], LeftOut = 0, Sent = [.. current.Sent, now] }, [.. messages]);
    }

    private static AlertLedger Forget(AlertLedger ledger, DateTimeOffset now) => ledger with
    {
        Known = ledger.Known.Where(fact => now - fact.Value < Remembered).OrderByDescending(fact => fact.Value).Take(MostKnown - 1).ToDictionary(),
        Sent = [.. ledger.Sent.Where(at => now - at < Hour)],
    };

    // Of all that it tells: one that was put down before another alert came, and one with it, are two, and the outbox keeps both.
    private static string DigestOf(IEnumerable<Alert> alerts, int leftOut) =>
        $"digest of {AlertOutbox.Key(string.Join('\n', alerts.Select(alert => $"{alert.Fact.Length} {alert.Fact}")))} and {leftOut}";

    // By the day: who dies before it is noted that something was put down puts it down again under the same id.
    private static string IdOf(string owner, string fact, DateTimeOffset now) => $"{owner}|{fact}|{now.UtcDateTime:yyyyMMdd}";
}
