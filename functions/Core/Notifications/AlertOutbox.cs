using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.Policies;
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

    /// <summary>Others write the same ledger seldom, and a conflict is read again.</summary>
    private const int MostConflicts = 5;

    /// <summary>Longer than any channel is waited for.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan KeptLedger = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeptEntry = TimeSpan.FromDays(14);

    private readonly Dictionary<string, IAlertSender> _senders = senders.ToDictionary(sender => sender.Type);

    /// <summary>Takes in an alert: what is to be told now is put down for each channel; it leaves with the next <see cref="SendAsync(CancellationToken)"/>.</summary>
    /// <exception cref="StateStoreException">The store is at fault; the alert has to be told again.</exception>
    public Task TellAsync(Alert alert, IReadOnlyList<AlertChannel> channels, CancellationToken cancellationToken) => channels.Count == 0
        ? Task.CompletedTask
        : ChangeAsync(alert.Owner, channels, ledger => AlertBook.Take(ledger, alert, time.GetUtcNow()), cancellationToken);

    /// <summary>Puts down the digest of an owner, when one is due.</summary>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public Task DigestAsync(string owner, IReadOnlyList<AlertChannel> channels, CancellationToken cancellationToken) =>
        ChangeAsync(owner, channels, ledger => AlertBook.Digest(ledger, time.GetUtcNow()), cancellationToken);

    /// <summary>Sends what is due, each once. What fails is tried later, and kept when it is given up.</summary>
    /// <returns>How many were given up so far and are kept.</returns>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var dead = 0;
        foreach (var document in await documents.ListDocumentsAsync(Entries, cancellationToken).ConfigureAwait(false))
        {
            var entry = Read(document, NotificationsJson.Default.OutboxEntry);
            if (entry.IsDue(time.GetUtcNow()) && await ClaimAsync(document, entry, cancellationToken).ConfigureAwait(false) is { } claimed)
            {
                entry = await TryAsync(claimed, entry, cancellationToken).ConfigureAwait(false);
            }

            dead += entry.IsDead ? 1 : 0;
        }

        return dead;
    }

    /// <summary>Puts the entry off for a while, so that another worker does not send it at the same time; nothing when one does.</summary>
    private async Task<StoredDocument?> ClaimAsync(StoredDocument document, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var claimed = document with { Json = JsonSerializer.Serialize(entry with { NextAt = time.GetUtcNow() + Claimed }, NotificationsJson.Default.OutboxEntry) };
        return await documents.WriteDocumentAsync(claimed, cancellationToken).ConfigureAwait(false) is RowWrite.Written written
            ? claimed with { Version = written.Version }
            : null;
    }

    private async Task<OutboxEntry> TryAsync(StoredDocument document, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var delivery = _senders.TryGetValue(entry.Channel.Type, out var sender)
            ? await sender.SendAsync(entry.Channel, entry.Message, cancellationToken).ConfigureAwait(false)
            : new Delivery.Failed($"nothing here sends to channels of type {entry.Channel.Type}", IsFinal: true);
        if (delivery is not Delivery.Failed failed)
        {
            await documents.DeleteDocumentAsync(Entries, document.Key, cancellationToken).ConfigureAwait(false);
            return entry;
        }

        var next = entry.Fail(failed, time.GetUtcNow());
        await documents.WriteDocumentAsync(
            document with { Json = JsonSerializer.Serialize(next, NotificationsJson.Default.OutboxEntry), ExpiresAt = time.GetUtcNow() + KeptEntry },
            cancellationToken).ConfigureAwait(false);
        return next;
    }

    /// <summary>
    /// The entries are put down before the ledger says so: who dies in between puts them down again under the same keys, which changes
    /// nothing, so that no fact is lost.
    /// </summary>
    private async Task ChangeAsync(
        string owner, IReadOnlyList<AlertChannel> channels, Func<AlertLedger, (AlertLedger Ledger, AlertMessage? Message)> change, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostConflicts; tries++)
        {
            var stored = await documents.ReadDocumentAsync(Ledgers, Key(owner), cancellationToken).ConfigureAwait(false);
            var (ledger, message) = change(stored is null ? AlertLedger.New : Read(stored, NotificationsJson.Default.AlertLedger));
            foreach (var channel in message is null ? [] : channels)
            {
                var json = JsonSerializer.Serialize(new OutboxEntry(channel, message!, Tries: 0, time.GetUtcNow()), NotificationsJson.Default.OutboxEntry);
                await documents.WriteDocumentAsync(
                    new StoredDocument(Entries, Key($"{message!.Id}|{channel.Type}|{channel.Setting}"), 0, json, time.GetUtcNow() + KeptEntry), cancellationToken).ConfigureAwait(false);
            }

            var write = await documents.WriteDocumentAsync(
                new StoredDocument(
                    Ledgers, Key(owner), stored?.Version ?? 0, JsonSerializer.Serialize(ledger, NotificationsJson.Default.AlertLedger), time.GetUtcNow() + KeptLedger),
                cancellationToken).ConfigureAwait(false);
            if (write is RowWrite.Written)
            {
                return;
            }
        }

        throw new StateStoreException($"what {owner} was told could not be noted: it was changed {MostConflicts} times meanwhile");
    }

    private static T Read<T>(StoredDocument document, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(document.Json, type) ?? throw new JsonException($"the document {document.Partition}/{document.Key} is null");

    // Owners and facts are anybody's text: a key is their hash.
    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
