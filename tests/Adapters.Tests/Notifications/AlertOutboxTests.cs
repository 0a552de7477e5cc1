using System.Text;
using System.Text.Json;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Adapters.Tests.Storage;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
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

        await outbox.TellAsync(Alert(), [Teams, Slack, Hook], Cancellation);
        await outbox.TellAsync(Alert(), [Teams, Slack, Hook], Cancellation);
        await outbox.SendAsync(Cancellation);
        await outbox.SendAsync(Cancellation);

        Assert.Equal(["/ALERT_HOOK", "/ALERT_SLACK", "/ALERT_TEAMS"], server.Arrivals.Select(each => each.Target).Order(StringComparer.Ordinal));
        Assert.All(server.Arrivals, arrival => Assert.All(
            ["'web' was stopped", "the month would end at 1,200.00 EUR", "scale rollback web", "scale snooze web"],
            text => Assert.Contains(text, string.Join(' ', Texts(JsonDocument.Parse(arrival.Body).RootElement)), StringComparison.Ordinal)));
        Assert.All(server.Arrivals.Where(each => each.Target != "/ALERT_HOOK"), arrival => Assert.Contains(
            "1,234.50 EUR", string.Join(' ', Texts(JsonDocument.Parse(arrival.Body).RootElement)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_can_tell_that_it_is_from_us()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_HOOK");
        await Outbox().TellAsync(Alert(), [Hook], Cancellation);
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
        Assert.Equal((1234.5m, "EUR"), (body.GetProperty("alerts")[0].GetProperty("amount").GetDecimal(), body.GetProperty("alerts")[0].GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task What_fails_is_sent_later_under_the_same_id_also_by_another_process()
    {
        var status = 503;
        await using var server = await LoopbackServer.StartAsync(() => status, Cancellation);
        Address(server, "ALERT_HOOK");
        await Outbox().TellAsync(Alert(), [Hook], Cancellation);
        await Outbox().SendAsync(Cancellation);
        await Outbox().SendAsync(Cancellation);
        Assert.Single(server.Arrivals);

        status = 200;
        await _clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        await Outbox().SendAsync(Cancellation);
        await _clock.SpendAsync(TimeSpan.FromDays(1), Cancellation);

        Assert.Equal(0, await Outbox().SendAsync(Cancellation));
        Assert.Equal(2, server.Arrivals.Count);
        Assert.Single(server.Arrivals.Select(each => each.Headers[WebhookBody.IdHeader]).Distinct());
    }

    [Fact]
    public async Task What_is_given_up_is_kept_and_counted()
    {
        await using var server = await LoopbackServer.StartAsync(() => 404, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync(Alert(), [Slack, new AlertChannel("pager", "ALERT_PAGER")], Cancellation);

        Assert.Equal(2, await Outbox().SendAsync(Cancellation));
        Assert.Equal(2, await Outbox().SendAsync(Cancellation));
        Assert.Single(server.Arrivals);
    }

    [Fact]
    public async Task A_setting_that_is_not_there_is_waited_for_and_one_that_is_none_of_alerts_is_not_read()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await Outbox().TellAsync(Alert(), [Slack], Cancellation);
        Assert.Equal(0, await Outbox().SendAsync(Cancellation));

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
        await Outbox().TellAsync(Alert(), [Hook], Cancellation);
        await Outbox().SendAsync(Cancellation);

        Assert.Empty(server.Arrivals);
    }

    [Fact]
    public async Task Two_workers_do_not_send_the_same_message()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync(Alert(), [Slack], Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Outbox().SendAsync(Cancellation)));

        Assert.Single(server.Arrivals);
    }

    [Fact]
    public async Task Markup_in_names_stays_text()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        Address(server, "ALERT_SLACK");
        await Outbox().TellAsync(Alert() with { What = "<!channel> <https://evil.example|web>" }, [Slack], Cancellation);
        await Outbox().SendAsync(Cancellation);

        var body = JsonDocument.Parse(Assert.Single(server.Arrivals).Body).RootElement;
        Assert.Equal("&lt;!channel&gt; &lt;https://evil.example|web&gt;", body.GetProperty("text").GetString());
        Assert.All(body.GetProperty("blocks").EnumerateArray(), block => Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString()));
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
        Amount = new Money(1234.5m, "EUR"),
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
