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

    private HeldAlert Alert(int number) => new(
        new Alert { Fact = $"{number}", Owner = "shop", Urgency = AlertUrgency.Warning, What = $"{number}", Why = "", About = "web", At = _time.GetUtcNow() }, [Slack]);

    private sealed class Recorder : IAlertSender
    {
        private readonly Lock _gate = new();

        public List<string> Sent { get; } = [];

        public string Type => Slack.Type;

        public Task<Delivery> SendAsync(AlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Sent.Add(string.Join(' ', message.Alerts.Select(alert => alert.Fact)));
            }

            return Task.FromResult<Delivery>(new Delivery.Done());
        }
    }

    /// <summary>Lets somebody else in once, after the next message was put down.</summary>
    private sealed class Interleaved : IDocumentStore
    {
        private readonly MemoryDocumentStore _inner = new();

        public Func<Task>? Between { get; set; }

        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) => _inner.ReadDocumentAsync(partition, key, cancellationToken);

        public async Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken)
        {
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
