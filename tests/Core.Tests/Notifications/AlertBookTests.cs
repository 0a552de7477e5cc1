using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Notifications;

public sealed class AlertBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_fact_is_told_once_however_often_it_is_found()
    {
        var (ledger, first) = AlertBook.Take(AlertLedger.New, Alert("a"), Channels, Noon);
        var (later, second) = AlertBook.Take(ledger, Alert("a"), Channels, Noon.AddDays(6));
        var (_, third) = AlertBook.Take(later, Alert("a"), Channels, Noon.AddDays(12));
        var (_, news) = AlertBook.Take(ledger, Alert("a"), Channels, Noon.AddDays(7));

        Assert.Equal("a", first!.Message.Alerts.Single().Fact);
        Assert.Null(second);
        Assert.Null(third);
        Assert.NotNull(news);
    }

    [Fact]
    public void After_five_in_an_hour_the_rest_comes_in_one_digest()
    {
        var ledger = AlertLedger.New;
        var sent = new List<AddressedMessage?>();
        for (var number = 0; number < 30; number++)
        {
            (ledger, var message) = AlertBook.Take(ledger, Alert($"{number}"), Channels, Noon.AddMinutes(number));
            sent.Add(message);
        }

        var (early, none) = AlertBook.Digest(ledger, Noon.AddMinutes(59));
        var (after, digests) = AlertBook.Digest(early, Noon.AddMinutes(60));
        var digest = Assert.Single(digests).Message;

        Assert.Equal(5, sent.Count(message => message is not null));
        Assert.Empty(none);
        Assert.Equal((20, 5, "25 alerts for shop"), (digest.Alerts.Count, digest.LeftOut, digest.Title));
        Assert.Empty(AlertBook.Digest(after, Noon.AddMinutes(70)).Messages);
    }

    [Fact]
    public void A_digest_goes_to_each_channel_with_what_is_for_it()
    {
        AlertChannel shop = new("slack", "ALERT_SHOP"), ops = new("teams", "ALERT_OPS");
        var ledger = AlertLedger.New with { Held = [new(Alert("a"), [shop]), new(Alert("b"), [shop, ops])] };

        var (_, digests) = AlertBook.Digest(ledger, Noon);

        Assert.Equal(
            ["ALERT_SHOP: a, b", "ALERT_OPS: b"],
            digests.Select(each => $"{Assert.Single(each.Channels).Setting}: {string.Join(", ", each.Message.Alerts.Select(alert => alert.Fact))}"));
        Assert.Equal(2, digests.Select(each => each.Message.Id).Distinct().Count());
    }

    /// <summary>Under one id the outbox would keep the smaller one, and the alert that came meanwhile would be in none.</summary>
    [Fact]
    public void A_digest_with_another_alert_in_it_is_another_one()
    {
        var held = AlertLedger.New with { Held = [new(Alert("a"), Channels), new(Alert("b"), Channels)] };
        var more = held with { Held = [.. held.Held, new(Alert("c"), Channels)] };

        string[] ids = [.. new[] { held, more, more with { LeftOut = 1 }, held }.Select(ledger => Assert.Single(AlertBook.Digest(ledger, Noon).Messages).Message.Id)];

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[0], ids[3]);
    }

    [Fact]
    public void What_stands_is_noted_once_a_day_and_told_once()
    {
        var (ledger, _) = AlertBook.Take(AlertLedger.New, Alert("a"), Channels, Noon);

        Assert.Same(ledger, AlertBook.Take(ledger, Alert("a"), Channels, Noon.AddMinutes(1)).Ledger);
        for (var day = 1; day <= 30; day++)
        {
            (var next, var message) = AlertBook.Take(ledger, Alert("a"), Channels, Noon.AddDays(day));
            Assert.NotSame(ledger, next);
            Assert.Null(message);
            ledger = next;
        }
    }

    [Fact]
    public void A_ledger_stays_one_document()
    {
        var ledger = AlertLedger.New;
        for (var number = 0; number < AlertBook.MostKnown + 50; number++)
        {
            ledger = AlertBook.Take(ledger, Alert($"{number}"), Channels, Noon.AddSeconds(number)).Ledger;
        }

        Assert.Equal((AlertBook.MostKnown, AlertBook.MostInDigest), (ledger.Known.Count, ledger.Held.Count));
        Assert.DoesNotContain("0", ledger.Known.Keys);
    }

    [Fact]
    public void While_others_wait_a_new_one_waits_as_well_so_that_the_order_is_kept()
    {
        var ledger = AlertLedger.New with { Held = [new HeldAlert(Alert("old"), Channels)] };

        Assert.Null(AlertBook.Take(ledger, Alert("new"), Channels, Noon).Message);
    }

    [Fact]
    public void What_is_critical_waits_for_nobody()
    {
        var ledger = AlertLedger.New with { Sent = [.. Enumerable.Repeat(Noon, 5)] };

        Assert.Null(AlertBook.Take(ledger, Alert("a"), Channels, Noon).Message);
        Assert.Equal(AlertUrgency.Critical, AlertBook.Take(ledger, Alert("a", AlertUrgency.Critical), Channels, Noon).Message!.Message.Urgency);
    }

    [Fact]
    public void The_same_message_has_the_same_id_when_it_is_made_again()
    {
        Assert.Equal(
            AlertBook.Take(AlertLedger.New, Alert("a"), Channels, Noon).Message!.Message.Id, AlertBook.Take(AlertLedger.New, Alert("a"), Channels, Noon.AddSeconds(5)).Message!.Message.Id);
    }

    [Fact]
    public void A_try_that_fails_is_made_again_after_a_pause_that_doubles_and_given_up_at_last()
    {
        var entry = Entry();
        var pauses = new List<double>();
        while (!entry.IsDead)
        {
            var next = entry.Fail(new Delivery.Failed("503"), Noon);
            pauses.Add((next.NextAt - Noon).TotalMinutes);
            Assert.False(next.IsDue(next.NextAt.AddSeconds(-1)));
            Assert.Equal(!next.IsDead, next.IsDue(next.NextAt));
            entry = next;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 240, 240], pauses);
    }

    [Fact]
    public void What_cannot_be_mended_by_trying_is_given_up_at_once_and_a_longer_pause_is_kept()
    {
        Assert.True(Entry().Fail(new Delivery.Failed("refused", IsFinal: true), Noon).IsDead);
        Assert.Equal(Noon.AddMinutes(30), Entry().Fail(new Delivery.Failed("429", Wait: TimeSpan.FromMinutes(30)), Noon).NextAt);
        Assert.Equal(Noon.AddHours(4), Entry().Fail(new Delivery.Failed("429", Wait: TimeSpan.FromDays(30)), Noon).NextAt);
    }

    private static readonly AlertChannel[] Channels = [new("slack", "ALERT_A")];

    private static OutboxEntry Entry() => new(new AlertChannel("slack", "ALERT_A"), new AlertMessage("1", "shop", [Alert("a")]), 0, Noon);

    private static Alert Alert(string fact, AlertUrgency urgency = AlertUrgency.Warning) => new()
    {
        Fact = fact,
        Owner = "shop",
        Urgency = urgency,
        What = "What it is",
        Why = "Why it is",
        About = "/subscriptions/s",
        At = Noon,
    };
}
