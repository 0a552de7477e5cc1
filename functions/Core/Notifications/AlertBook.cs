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

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A fact that was not met for so long is news when it is met again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>Takes in an alert.</summary>
    /// <returns>The ledger from then on, and what to send; nothing when it is known or waits.</returns>
    public static (AlertLedger Ledger, AlertMessage? Message) Take(AlertLedger ledger, Alert alert, DateTimeOffset now)
    {
        var current = Forget(ledger, now);
        var isKnown = current.Known.ContainsKey(alert.Fact);
        current = current with { Known = new Dictionary<string, DateTimeOffset>(current.Known) { [alert.Fact] = now } };
        return isKnown ? (current, null)
            : alert.Urgency == AlertUrgency.Critical || (current.Held.Count == 0 && current.Sent.Count < MostAnHour)
                ? (current with { Sent = [.. current.Sent, now] }, new AlertMessage(IdOf(alert.Owner, alert.Fact, now), alert.Owner, [alert]))
            : (current.Held.Count < MostInDigest ? current with { Held = [.. current.Held, alert] } : current with { LeftOut = current.LeftOut + 1 }, null);
    }

    /// <summary>The digest that is due: what waits is sent when the hour of the last messages is over.</summary>
    public static (AlertLedger Ledger, AlertMessage? Message) Digest(AlertLedger ledger, DateTimeOffset now)
    {
        var current = Forget(ledger, now);
        return current.Held.Count == 0 || current.Sent.Count >= MostAnHour
            ? (current, null)
            : (current with { Held = [], LeftOut = 0, Sent = [.. current.Sent, now] },
                new AlertMessage(IdOf(current.Held[0].Owner, $"digest of {current.Held[0].Fact}", now), current.Held[0].Owner, current.Held, current.LeftOut));
    }

    private static AlertLedger Forget(AlertLedger ledger, DateTimeOffset now) => ledger with
    {
        Known = ledger.Known.Where(fact => now - fact.Value < Remembered).ToDictionary(),
        Sent = [.. ledger.Sent.Where(at => now - at < Hour)],
    };

    // By the day: who dies before it is noted that something was put down puts it down again under the same id.
    private static string IdOf(string owner, string fact, DateTimeOffset now) => $"{owner}|{fact}|{now.UtcDateTime:yyyyMMdd}";
}
