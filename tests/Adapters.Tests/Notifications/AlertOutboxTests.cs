using System.Text;
using System.Text.Json;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Tests.Storage;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox.Time;
using ScaleFunctions.Tests.Shared;

namespace ScaleFunctions.Adapters.Tests.Notifications;

public sealed class AlertOutboxTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static readonly AlertChannel Teams = new(AlertChannelBinding.Teams, "ALERT_TEAMS");
    private static readonly AlertChannel Slack = new(AlertChannelBinding.Slack, "ALERT_SLACK");
    private static readonly AlertChannel Hook = new(AlertChannelBinding.Webhook, "ALERT_HOOK", "ALERT_KEY");

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStateStore _store;
    private readonly SimulatedClock _clock = new(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> _settings = new() { ["ALERT_KEY"] = Key };
    private readonly AlertHttp _http = new(mayBeThisMachine: true);

    public AlertOutboxTests() => _store = SqliteStateStore.Open(_directory.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Each_channel_is_told_what_why_money_undo_and_snooze_once()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_TEAMS", "ALERT_SLACK", "ALERT_HOOK");
        var outbox = Outbox();

        await outbox.TellAsync([new HeldAlert(Alert(), [Teams, Slack, Hook])], Cancellation);
        await outbox.TellAsync([new HeldAlert(Alert(), [Teams, Slack, Hook])], Cancellation);
        await outbox.SendAsync(Cancellation);
        await outbox.SendAsync(Cancellation);

        Assert.Equal(["/ALERT_HOOK", "/ALERT_SLACK", "/ALERT_TEAMS"], server.Arrivals.Select(each => each.Target).Order(StringComparer.Ordinal));
        Assert.All(server.Arrivals, arrival => Assert.All(
            ["'web' was stopped", "the month would end at 1,200.00 EUR", "scale rollback web", "scale snooze web"],
            text => Assert.Contains(text, string.Join(' ', Texts(JsonDocument.Parse(arrival.Body).RootElement)), StringComparison.Ordinal)));
        Assert.All(server.Arrivals.Where(each => each.Target != "/ALERT_HOOK"), arrival => Assert.Contains(
            "1,234.50 EUR (expected for the whole month, as billed; as of 2026-01-05 11:45 UTC)", string.Join(' ', Texts(JsonDocument.Parse(arrival.Body).RootElement)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_can_tell_that_it_is_from_us()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_HOOK");
        await Outbox().TellAsync([new HeldAlert(Alert(), [Hook])], Cancellation);
        await Outbox().SendAsync(Cancellation);

        var arrival = Assert.Single(server.Arrivals);
        var body = JsonDocument.Parse(arrival.Body).RootElement;

        // HMAC-SHA256 of "1767614400." and the body, reckoned here as docs/alerts.md says.
        var expected = System.Security.Cryptography.HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"1767614400.{Encoding.UTF8.GetString(arrival.Body)}"));
        Assert.Equal("1767614400", arrival.Headers[WebhookBody.TimeHeader]);
        Assert.Equal($"v1={Convert.ToHexStringLower(expected)}", arrival.Headers[WebhookBody.SignatureHeader]);
        Assert.Equal(body.GetProperty("id").GetString(), arrival.Headers[WebhookBody.IdHeader]);
        Assert.Equal(("scalefunctions.alert/v1", "warning"), (body.GetProperty("schema").GetString(), body.GetProperty("urgency").GetString()));
        Assert.Equal(("expected for the whole month, as billed", "2026-01-05T11:45:00.0000000Z"), (body.GetProperty("alerts")[0].GetProperty("basis").GetString(), body.GetProperty("alerts")[0].GetProperty("asOf").GetString()));
        Assert.Equal((1234.5m, "EUR"), (body.GetProperty("alerts")[0].GetProperty("amount").GetDecimal(), body.GetProperty("alerts")[0].GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task What_fails_is_sent_later_under_the_same_id_also_by_another_process()
    {
        var status = 503;
        await using var server = await LoopbackServer.StartAsync(() => status, Cancellation);
        Address(server, "ALERT_HOOK");
        await Outbox().TellAsync([new HeldAlert(Alert(), [Hook])], Cancellation);
        await Outbox().SendAsync(Cancellation);
        await Outbox().SendAsync(Cancellation);
        Assert.Single(server.Arrivals);

        status = 200;
        await _clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        await Outbox().SendAsync(Cancellation);
        await _clock.SpendAsync(TimeSpan.FromDays(1), Cancellation);

        Assert.Equal(0, (await Outbox().SendAsync(Cancellation)).Undelivered);
        Assert.Equal(2, server.Arrivals.Count);
        Assert.Single(server.Arrivals.Select(each => each.Headers[WebhookBody.IdHeader]).Distinct());
    }

    [Fact]
    public async Task What_is_given_up_is_kept_and_counted()
    {
        await using var server = await LoopbackServer.StartAsync(() => 404, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync([new HeldAlert(Alert(), [Slack, new AlertChannel("pager", "ALERT_PAGER")])], Cancellation);

        Assert.Equal((2, 2), await SentAsync());
        Assert.Equal((2, 0), await SentAsync());
        Assert.Single(server.Arrivals);
    }

    [Fact]
    public async Task A_setting_that_is_not_there_is_waited_for_and_one_that_is_none_of_alerts_is_not_read()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await Outbox().TellAsync([new HeldAlert(Alert(), [Slack])], Cancellation);
        Assert.Equal(0, (await Outbox().SendAsync(Cancellation)).Undelivered);

        Address(server, "ALERT_SLACK");
        await _clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        await Outbox().SendAsync(Cancellation);
        Assert.Single(server.Arrivals);

        var read = new List<string>();
        var settings = new AlertSettings(name =>
        {
            read.Add(name);
            return "https://example.com";
        });
        Assert.Null(settings.Address(new AlertChannel("slack", "AzureWebJobsStorage")).Address);
        Assert.Empty(read);
    }

    [Fact]
    public async Task A_short_key_signs_nothing()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_HOOK");
        _settings["ALERT_KEY"] = "short";
        await Outbox().TellAsync([new HeldAlert(Alert(), [Hook])], Cancellation);
        await Outbox().SendAsync(Cancellation);

        Assert.Empty(server.Arrivals);
    }

    [Fact]
    public async Task Two_workers_do_not_send_the_same_message()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync([new HeldAlert(Alert(), [Slack])], Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Outbox().SendAsync(Cancellation)));

        Assert.Single(server.Arrivals);
    }

    [Fact]
    public async Task Markup_in_names_stays_text()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync([new HeldAlert(Alert() with { What = "<!channel> <https://evil.example|web>" }, [Slack])], Cancellation);
        await Outbox().SendAsync(Cancellation);

        var body = JsonDocument.Parse(Assert.Single(server.Arrivals).Body).RootElement;
        Assert.Equal("&lt;!channel&gt; &lt;https://evil.example|web&gt;", body.GetProperty("text").GetString());
        Assert.All(body.GetProperty("blocks").EnumerateArray(), block => Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task What_was_given_up_is_listed_and_sent_again_when_a_person_wants_it()
    {
        var status = 404;
        await using var server = await LoopbackServer.StartAsync(() => status, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync([new HeldAlert(Alert(), [Slack])], Cancellation);
        await Outbox().SendAsync(Cancellation);

        var dead = Assert.Single(await Outbox().ListAsync(Cancellation));
        Assert.True(dead.Entry.IsDead);
        Assert.Equal("404: it was refused", dead.Entry.Problem);

        status = 200;
        Assert.Equal(0, await Outbox().RetryAsync("none", Cancellation));
        Assert.Equal(1, await Outbox().RetryAsync(dead.Id, Cancellation));
        Assert.Equal((1, 0), ((await Outbox().SendAsync(Cancellation)).Sent, (await Outbox().ListAsync(Cancellation)).Count));
        Assert.Equal(0, await Outbox().RetryAsync(null, Cancellation));
    }

    [Fact]
    public async Task What_is_too_much_comes_in_a_digest_when_the_hour_is_over()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_HOOK");
        await Outbox().TellAsync([.. Enumerable.Range(0, 8).Select(number => new HeldAlert(Alert() with { Fact = $"{number}" }, [Hook]))], Cancellation);

        await Outbox().SendAsync(Cancellation);
        Assert.Equal(5, server.Arrivals.Count);

        await _clock.SpendAsync(TimeSpan.FromHours(1), Cancellation);
        await Outbox().SendAsync(Cancellation);
        await Outbox().SendAsync(Cancellation);

        Assert.Equal(6, server.Arrivals.Count);
        Assert.Equal(3, JsonDocument.Parse(server.Arrivals[^1].Body).RootElement.GetProperty("alerts").GetArrayLength());
    }

    [Fact]
    public async Task What_a_person_put_off_is_told_when_that_is_over_and_what_is_critical_at_once()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_SLACK");
        var snoozes = new AlertSnoozes(_store, _clock);
        await snoozes.SetAsync(new AlertSnooze("/subscriptions/S/web", "ann", "known", _clock.GetUtcNow().AddHours(2)), Cancellation);
        await Outbox().TellAsync([new HeldAlert(Alert(), [Slack]), new HeldAlert(Alert() with { Fact = "down", Urgency = AlertUrgency.Critical }, [Slack])], Cancellation);
        await Outbox().SendAsync(Cancellation);
        Assert.Single(server.Arrivals);

        await _clock.SpendAsync(TimeSpan.FromHours(2), Cancellation);
        await Outbox().TellAsync([new HeldAlert(Alert(), [Slack])], Cancellation);
        await Outbox().SendAsync(Cancellation);
        Assert.Equal(2, server.Arrivals.Count);

        await snoozes.SetAsync(new AlertSnooze("/subscriptions/s/web", "ann", "known", _clock.GetUtcNow().AddHours(2)), Cancellation);
        await snoozes.EndAsync("/subscriptions/s/WEB", Cancellation);
        Assert.Empty(await snoozes.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_channel_that_hangs_keeps_no_other_from_being_sent_to()
    {
        var hangs = new TaskCompletionSource();
        await using var slow = await LoopbackServer.StartAsync(context => hangs.Task.WaitAsync(context.RequestAborted), Cancellation);
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                hangs.TrySetResult();
                return Task.CompletedTask;
            },
            Cancellation);
        Address(slow, "ALERT_TEAMS");
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync([new HeldAlert(Alert(), [Teams, Slack])], Cancellation);

        Assert.Equal(2, (await Outbox().SendAsync(Cancellation)).Sent);
    }

    private async Task<(int Undelivered, int GivenUp)> SentAsync()
    {
        var sending = await Outbox().SendAsync(Cancellation);
        return (sending.Undelivered, sending.GivenUp.Count);
    }

    private AlertOutbox Outbox()
    {
        var settings = new AlertSettings(name => _settings.GetValueOrDefault(name));
        return new AlertOutbox(_store, [new TeamsSender(_http, settings), new SlackSender(_http, settings), new WebhookSender(_http, settings, _clock)], _clock);
    }

    private void Address(LoopbackServer server, params string[] settings)
    {
        foreach (var setting in settings)
        {
            _settings[setting] = new Uri(server.Address, setting).ToString();
        }
    }

    private static Alert Alert() => new()
    {
        Fact = "stopped|web|2026-01",
        Owner = "shop",
        Urgency = AlertUrgency.Warning,
        What = "'web' was stopped",
        Why = "the month would end at 1,200.00 EUR",
        About = "/subscriptions/s/web",
        Money = new AlertMoney(1234.5m, "EUR", "expected for the whole month, as billed", new DateTimeOffset(2026, 1, 5, 11, 45, 0, TimeSpan.Zero)),
        Undo = "scale rollback web",
        Snooze = "scale snooze web",
        At = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero),
    };

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
