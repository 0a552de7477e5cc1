using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.World;
using Delivery = ScaleFunctions.Core.Notifications.Delivery;

namespace ScaleFunctions.Core.Tests.Notifications;

public sealed class AlertOutboxTests
{
    private static readonly AlertChannel Slack = new("slack", "ALERT_SHOP");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));

    private readonly Recorder _recorder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Another worker tells of an alert after a digest was put down, and before the ledger says so.</summary>
    [Fact]
    public async Task An_alert_that_comes_while_a_digest_is_put_down_is_told()
    {
        var store = new Interleaved();
        AlertOutbox outbox = new(store, [_recorder], _time), other = new(store, [_recorder], _time);
        for (var number = 1; number <= 7; number++)
        {
            await outbox.TellAsync([Alert(number)], Cancellation);
        }

        await outbox.SendAsync(Cancellation);
        Assert.Equal(["1", "2", "3", "4", "5"], _recorder.Sent.Order(StringComparer.Ordinal));

        _time.Advance(TimeSpan.FromMinutes(61));
        store.Between = () => other.TellAsync([Alert(8)], Cancellation);
        await outbox.SendAsync(Cancellation);
        Assert.Null(store.Between);

        Assert.Contains("6 7 8", _recorder.Sent);
        Assert.Empty(await outbox.ListAsync(Cancellation));
    }

    /// <summary>Of a damaged message nobody knows what it said: it is told as given up, once, and keeps no other from being sent.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    public async Task A_message_that_cannot_be_read_is_given_up_and_the_others_are_sent(string json)
    {
        var store = new MemoryDocumentStore();
        AlertOutbox outbox = new(store, [_recorder], _time);
        await outbox.TellAsync([Alert(1)], Cancellation);
        var damaged = Assert.Single(store.All, document => document.Partition == "alert-outbox");
        await outbox.TellAsync([Alert(2)], Cancellation);
        await store.WriteDocumentAsync(damaged with { Json = json }, Cancellation);

        var sending = await outbox.SendAsync(Cancellation);

        Assert.Equal(1, sending.Sent);
        Assert.Contains(damaged.Key, Assert.Single(sending.GivenUp), StringComparison.Ordinal);
        Assert.Equal(["2"], _recorder.Sent);
        Assert.Empty(await outbox.ListAsync(Cancellation));
        Assert.Empty((await outbox.SendAsync(Cancellation)).GivenUp);
    }

    /// <summary>Without what an owner was told all is told again.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    public async Task What_an_owner_was_told_is_told_again_when_nobody_can_read_it(string json)
    {
        var store = new MemoryDocumentStore();
        AlertOutbox outbox = new(store, [_recorder], _time);
        await outbox.TellAsync([Alert(1)], Cancellation);
        await outbox.SendAsync(Cancellation);
        var ledger = Assert.Single(store.All, document => document.Partition == "alert-ledgers");
        await store.WriteDocumentAsync(ledger with { Json = json }, Cancellation);

        await outbox.TellAsync([Alert(1)], Cancellation);
        await outbox.SendAsync(Cancellation);

        Assert.Equal(["1", "1"], _recorder.Sent);
    }

    /// <summary>A slow channel: meanwhile the other worker's minute comes round, and again.</summary>
    [Fact]
    public async Task What_is_being_sent_nobody_else_sends_for_two_minutes()
    {
        var store = new MemoryDocumentStore();
        AlertOutbox outbox = new(store, [_recorder], _time), other = new(store, [_recorder], _time);
        await outbox.TellAsync([Alert(1)], Cancellation);
        List<int> seen = [];
        _recorder.Meanwhile = async () =>
        {
            _recorder.Meanwhile = null;
            foreach (var pause in (int[])[0, 60, 59])
            {
                _time.Advance(TimeSpan.FromSeconds(pause));
                seen.Add((await other.SendAsync(Cancellation)).Sent);
            }

            // Whoever began it is dead by then, as far as anybody knows.
            _time.Advance(TimeSpan.FromSeconds(1));
            seen.Add((await other.SendAsync(Cancellation)).Sent);
        };

        await outbox.SendAsync(Cancellation);

        Assert.Equal([0, 0, 0, 1], seen);
        Assert.Equal(["1", "1"], _recorder.Sent);
        Assert.Empty(await outbox.ListAsync(Cancellation));
    }

    /// <summary>Both have read it before either takes it.</summary>
    [Fact]
    public async Task Of_two_that_take_a_message_at_once_one_sends_it()
    {
        var store = new Interleaved();
        AlertOutbox outbox = new(store, [_recorder], _time), other = new(store, [_recorder], _time);
        await outbox.TellAsync([Alert(1)], Cancellation);
        var isIn = false;
        store.Before = async document =>
        {
            if (document.Partition == "alert-outbox" && !isIn)
            {
                isIn = true;
                Assert.Equal(1, (await other.SendAsync(Cancellation)).Sent);
            }
        };

        var sending = await outbox.SendAsync(Cancellation);

        Assert.True(isIn);
        Assert.Equal((0, 0), (sending.Sent, sending.Undelivered));
        Assert.Equal(["1"], _recorder.Sent);
    }

    /// <summary>Eight are begun at a time; what is left after 40 seconds is for the next run.</summary>
    [Fact]
    public async Task No_try_is_begun_after_forty_seconds_and_none_is_lost()
    {
        var outbox = new AlertOutbox(new MemoryDocumentStore(), [_recorder], _time);
        await outbox.TellAsync([.. Enumerable.Range(1, 30).Select(number => Alert(number) with { Alert = Alert(number).Alert with { Owner = $"team-{number}" } })], Cancellation);
        _recorder.Meanwhile = () =>
        {
            _recorder.Meanwhile = null;
            _time.Advance(TimeSpan.FromSeconds(40));
            return Task.CompletedTask;
        };

        await outbox.SendAsync(Cancellation);
        Assert.InRange(_recorder.Sent.Count, 1, 8);

        await outbox.SendAsync(Cancellation);
        Assert.Equal(30, _recorder.Sent.Distinct().Count());
        Assert.Equal(30, _recorder.Sent.Count);
    }

    /// <summary>What still stands when a snooze is over is told then, and not before.</summary>
    [Fact]
    public async Task A_snooze_holds_until_its_last_second_and_no_longer()
    {
        var store = new MemoryDocumentStore();
        var outbox = new AlertOutbox(store, [_recorder], _time);
        var snoozes = new AlertSnoozes(store, _time);
        await snoozes.SetAsync(new AlertSnooze("WEB", "ann", "known", _time.GetUtcNow().AddHours(1)), Cancellation);
        await snoozes.SetAsync(new AlertSnooze("web", "ben", "known", _time.GetUtcNow().AddHours(2)), Cancellation);
        Assert.Equal("ben", Assert.Single(await snoozes.ListAsync(Cancellation)).By);

        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await outbox.TellAsync([Alert(1)], Cancellation);
        Assert.Equal(0, (await outbox.SendAsync(Cancellation)).Sent);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await snoozes.ListAsync(Cancellation));
        await outbox.TellAsync([Alert(1)], Cancellation);
        Assert.Equal(1, (await outbox.SendAsync(Cancellation)).Sent);
    }

    [Fact]
    public async Task Who_is_second_to_put_the_same_off_is_told()
    {
        var store = new Interleaved();
        AlertSnooze Until(string by, int hours) => new("web", by, "known", _time.GetUtcNow().AddHours(hours));
        store.Before = async _ =>
        {
            store.Before = null;
            await new AlertSnoozes(store, _time).SetAsync(Until("ben", 2), Cancellation);
        };

        var refused = await Assert.ThrowsAsync<StateStoreException>(() => new AlertSnoozes(store, _time).SetAsync(Until("ann", 1), Cancellation));

        Assert.Contains("somebody else puts off 'web' at the same time", refused.Message, StringComparison.Ordinal);
        Assert.Equal("ben", Assert.Single(await new AlertSnoozes(store, _time).ListAsync(Cancellation)).By);
    }

    /// <summary>The alert has to be told again: nothing says that it was.</summary>
    [Fact]
    public async Task What_could_not_be_noted_in_five_tries_is_a_fault()
    {
        var store = new Interleaved();
        var others = 0;
        store.Before = async document =>
        {
            if (document.Partition == "alert-ledgers" && others++ < 9)
            {
                await store.WriteAtOnceAsync(document with { Json = JsonSerializer.Serialize(AlertLedger.New, NotificationsJson.Default.AlertLedger) });
            }
        };

        await Assert.ThrowsAsync<StateStoreException>(() => new AlertOutbox(store, [_recorder], _time).TellAsync([Alert(1)], Cancellation));

        Assert.Equal(5, others);
    }

    private HeldAlert Alert(int number) => new(
        new Alert { Fact = $"{number}", Owner = "shop", Urgency = AlertUrgency.Warning, What = $"{number}", Why = "", About = "web", At = _time.GetUtcNow() }, [Slack]);

    private sealed class Recorder : IAlertSender
    {
        private readonly Lock _gate = new();

        public List<string> Sent { get; } = [];

        public string Type => Slack.Type;

        /// <summary>What happens before the channel answers.</summary>
        public Func<Task>? Meanwhile { get; set; }

        public async Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
        {
            Task meanwhile;
            lock (_gate)
            {
                Sent.Add(string.Join(' ', message.Alerts.Select(alert => alert.Fact)));
                meanwhile = Meanwhile?.Invoke() ?? Task.CompletedTask;
            }

            await meanwhile;
            return new Delivery.Done();
        }
    }

    /// <summary>Lets somebody else in: before any write, or once after the next message was put down.</summary>
    private sealed class Interleaved : IDocumentStore
    {
        private readonly MemoryDocumentStore _inner = new();

        public Func<Task>? Between { get; set; }

        public Func<StoredDocument, Task>? Before { get; set; }

        public Task<RowWrite> WriteAtOnceAsync(StoredDocument document) => _inner.WriteDocumentAsync(document, Cancellation);

        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) => _inner.ReadDocumentAsync(partition, key, cancellationToken);

        public async Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken)
        {
            await (Before?.Invoke(document) ?? Task.CompletedTask);
            var write = await _inner.WriteDocumentAsync(document, cancellationToken);
            if (document.Partition == "alert-outbox" && Between is { } between)
            {
                Between = null;
                await between();
            }

            return write;
        }

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) => _inner.ListDocumentsAsync(partition, cancellationToken);

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => _inner.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => _inner.PruneDocumentsAsync(now, cancellationToken);
    }
}
