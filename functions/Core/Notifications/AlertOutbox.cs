using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Notifications;

/// <summary>
/// Tells owners of alerts, and sends what waits. A message is stored before it is sent and removed after: who dies in between sends it
/// again, under the same id.
/// </summary>
public sealed class AlertOutbox(IDocumentStore documents, IEnumerable<IAlertSender> senders, TimeProvider time)
{
    private const string Ledgers = "alert-ledgers";
    private const string Entries = "alert-outbox";

    /// <summary>Owners for whom something waits, so that nobody has to read all ledgers to find them.</summary>
    private const string Waiting = "alert-digests";

    /// <summary>Others write the same ledger seldom, and a conflict is read again.</summary>
    private const int MostConflicts = 5;

    /// <summary>A slow channel must not keep the others waiting; each try is a connection.</summary>
    private const int AtATime = 8;

    /// <summary>Longer than any channel is waited for.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    /// <summary>No try is begun later than this: what is left is sent by the next run.</summary>
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan KeptLedger = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeptEntry = TimeSpan.FromDays(14);

    private readonly Dictionary<string, IAlertSender> _senders = senders.ToDictionary(sender => sender.Type);
    private readonly AlertSnoozes _snoozes = new(documents, time);

    /// <summary>Takes in alerts: what is to be told now is put down for each channel; it leaves with the next <see cref="SendAsync(CancellationToken)"/>.</summary>
    /// <exception cref="StateStoreException">The store is at fault; the alerts have to be told again.</exception>
    public async Task TellAsync(IReadOnlyList<HeldAlert> alerts, CancellationToken cancellationToken)
    {
        var told = alerts.Where(each => each.Channels.Count > 0).ToList();
        if (told.Count == 0)
        {
            return;
        }

        var snoozes = await _snoozes.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var ofOwner in told.Where(each => !snoozes.Any(snooze => snooze.Quiets(each.Alert))).GroupBy(each => each.Alert.Owner, StringComparer.Ordinal))
        {
            await ChangeAsync(
                ofOwner.Key,
                ledger =>
                {
                    var messages = new List<AddressedMessage>();
                    foreach (var (alert, channels) in ofOwner)
                    {
                        (ledger, var message) = AlertBook.Take(ledger, alert, channels, time.GetUtcNow());
                        messages.AddRange(message is null ? [] : [message]);
                    }

                    return (ledger, messages);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts down the digests that are due, and sends what is due, each once. What fails is tried later, and kept when it is given up.</summary>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<AlertSending> SendAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        await DigestAsync(cancellationToken).ConfigureAwait(false);
        var (sent, failed, dead, givenUp) = (0, 0, 0, new ConcurrentQueue<string>());
        await Parallel.ForEachAsync(
            await documents.ListDocumentsAsync(Entries, cancellationToken).ConfigureAwait(false),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (document, cancellation) =>
            {
                if (Entry(document) is not { } entry)
                {
                    givenUp.Enqueue($"an alert that cannot be read (the document {document.Partition}/{document.Key} of the state)");
                    await documents.DeleteDocumentAsync(document.Partition, document.Key, cancellation).ConfigureAwait(false);
                    return;
                }

                if (entry.IsDead)
                {
                    Interlocked.Increment(ref dead);
                    return;
                }

                if (!entry.IsDue(time.GetUtcNow()) || time.GetElapsedTime(begun) >= BeginsWithin
                    || await ClaimAsync(document, entry, cancellation).ConfigureAwait(false) is not { } claimed)
                {
                    return;
                }

                if (await TryAsync(claimed, entry, cancellation).ConfigureAwait(false) is not { } next)
                {
                    Interlocked.Increment(ref sent);
                }
                else if (next.IsDead)
                {
                    Interlocked.Increment(ref dead);
                    givenUp.Enqueue($"'{next.Message.Title}' to {next.Channel.Type} {next.Channel.Setting}: {next.Problem}");
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }).ConfigureAwait(false);
        return new AlertSending(sent, failed, dead, [.. givenUp.Order(StringComparer.Ordinal)]);
    }

    /// <summary>What is in the outbox: what was given up first, and then what waits.</summary>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<IReadOnlyList<OutboxMessage>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await documents.ListDocumentsAsync(Entries, cancellationToken).ConfigureAwait(false))
            .Select(document => (Id: IdOf(document), Entry: Entry(document)))
            .Where(each => each.Entry is not null).Select(each => new OutboxMessage(each.Id, each.Entry!))
            .OrderByDescending(each => each.Entry.IsDead).ThenBy(each => each.Entry.NextAt),
    ];

    /// <summary>Has what was given up, or waits, tried again with the next run, as if it were new.</summary>
    /// <param name="id">As <see cref="ListAsync(CancellationToken)"/> has it; all that was given up when absent.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many are.</returns>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<int> RetryAsync(string? id, CancellationToken cancellationToken)
    {
        var (now, count) = (time.GetUtcNow(), 0);
        foreach (var document in await documents.ListDocumentsAsync(Entries, cancellationToken).ConfigureAwait(false))
        {
            if (Entry(document) is { } entry
                && (id is null ? entry.IsDead : string.Equals(IdOf(document), id, StringComparison.OrdinalIgnoreCase)))
            {
                var again = document with { Json = JsonSerializer.Serialize(entry with { Tries = 0, NextAt = now }, NotificationsJson.Default.OutboxEntry), ExpiresAt = now + KeptEntry };
                count += await documents.WriteDocumentAsync(again, cancellationToken).ConfigureAwait(false) is RowWrite.Written ? 1 : 0;
            }
        }

        return count;
    }

    private async Task DigestAsync(CancellationToken cancellationToken)
    {
        foreach (var waiting in await documents.ListDocumentsAsync(Waiting, cancellationToken).ConfigureAwait(false))
        {
            var owner = waiting.Read(NotificationsJson.Default.String);
            if (owner is null || (await ChangeAsync(owner, ledger => AlertBook.Digest(ledger, time.GetUtcNow()), cancellationToken).ConfigureAwait(false)).Held.Count == 0)
            {
                await documents.DeleteDocumentAsync(Waiting, waiting.Key, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Puts the entry off for a while, so that another worker does not send it at the same time; nothing when one does.</summary>
    private async Task<StoredDocument?> ClaimAsync(StoredDocument document, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var claimed = document with { Json = JsonSerializer.Serialize(entry with { NextAt = time.GetUtcNow() + Claimed }, NotificationsJson.Default.OutboxEntry) };
        return await documents.WriteDocumentAsync(claimed, cancellationToken).ConfigureAwait(false) is RowWrite.Written written
            ? claimed with { Version = written.Version }
            : null;
    }

    /// <summary>What is kept of the entry; nothing when it arrived.</summary>
    private async Task<OutboxEntry?> TryAsync(StoredDocument document, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var delivery = _senders.TryGetValue(entry.Channel.Type, out var sender)
            ? await sender.SendAsync(entry.Channel, entry.Message, cancellationToken).ConfigureAwait(false)
            : new Delivery.Failed($"nothing here sends to channels of type {entry.Channel.Type}", IsFinal: true);
        if (delivery is not Delivery.Failed failed)
        {
            await documents.DeleteDocumentAsync(Entries, document.Key, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var next = entry.Fail(failed, time.GetUtcNow());
        await documents.WriteDocumentAsync(
            document with { Json = JsonSerializer.Serialize(next, NotificationsJson.Default.OutboxEntry), ExpiresAt = time.GetUtcNow() + KeptEntry },
            cancellationToken).ConfigureAwait(false);
        return next;
    }

    /// <summary>
    /// The entries are put down before the ledger says so: who dies in between puts them down again under the same keys, which changes
    /// nothing, so that no fact is lost. A digest that another alert was added to meanwhile has a key of its own: some is told twice then.
    /// </summary>
    private async Task<AlertLedger> ChangeAsync(
        string owner, Func<AlertLedger, (AlertLedger Ledger, IReadOnlyList<AddressedMessage> Messages)> change, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostConflicts; tries++)
        {
            var stored = await documents.ReadDocumentAsync(Ledgers, Key(owner), cancellationToken).ConfigureAwait(false);
            var before = stored is null ? AlertLedger.New : Ledger(stored);
            var (ledger, messages) = change(before);
            if (ReferenceEquals(ledger, before))
            {
                return ledger;
            }

            await PutDownAsync(owner, ledger, messages, cancellationToken).ConfigureAwait(false);
            var write = await documents.WriteDocumentAsync(
                new StoredDocument(
                    Ledgers, Key(owner), stored?.Version ?? 0, JsonSerializer.Serialize(ledger, NotificationsJson.Default.AlertLedger), time.GetUtcNow() + KeptLedger),
                cancellationToken).ConfigureAwait(false);
            if (write is RowWrite.Written)
            {
                // Whoever sends a digest meanwhile removes the mark that was there before.
                await MarkAsync(owner, ledger, cancellationToken).ConfigureAwait(false);
                return ledger;
            }
        }

        throw new StateStoreException($"what {owner} was told could not be noted: it was changed {MostConflicts} times meanwhile");
    }

    private async Task PutDownAsync(string owner, AlertLedger ledger, IReadOnlyList<AddressedMessage> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (message, channel) in messages.SelectMany(each => each.Channels.Select(channel => (each.Message, channel))))
        {
            var json = JsonSerializer.Serialize(new OutboxEntry(channel, message, Tries: 0, now), NotificationsJson.Default.OutboxEntry);
            await documents.WriteDocumentAsync(
                new StoredDocument(Entries, Key($"{message.Id}|{channel.Type}|{channel.Setting}"), 0, json, now + KeptEntry), cancellationToken).ConfigureAwait(false);
        }

        await MarkAsync(owner, ledger, cancellationToken).ConfigureAwait(false);
    }

    private async Task MarkAsync(string owner, AlertLedger ledger, CancellationToken cancellationToken)
    {
        if (ledger.Held.Count > 0)
        {
            var json = JsonSerializer.Serialize(owner, NotificationsJson.Default.String);
            await documents.WriteDocumentAsync(new StoredDocument(Waiting, Key(owner), 0, json, time.GetUtcNow() + KeptLedger), cancellationToken).ConfigureAwait(false);
        }
    }

    private static OutboxEntry? Entry(StoredDocument document) =>
        document.Read(NotificationsJson.Default.OutboxEntry) is { Channel: not null, Message: not null } entry ? entry : null;

    /// <summary>Without what was told all is told again, which is better than never.</summary>
    private static AlertLedger Ledger(StoredDocument document) =>
        document.Read(NotificationsJson.Default.AlertLedger) is { Known: not null, Sent: not null, Held: not null } ledger ? ledger : AlertLedger.New;

    private static string IdOf(StoredDocument document) => document.Key[..12];

    // Owners and facts are anybody's text: a key is their hash.
    internal static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
