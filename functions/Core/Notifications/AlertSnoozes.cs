using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Notifications;

/// <summary>What people want to hear nothing about for a while.</summary>
public sealed class AlertSnoozes(IDocumentStore documents, TimeProvider time)
{
    private const string Partition = "alert-snoozes";

    /// <summary>Those that are not over.</summary>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<IReadOnlyList<AlertSnooze>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return
        [
            .. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false))
                .Select(document => document.Read(NotificationsJson.Default.AlertSnooze))
                .OfType<AlertSnooze>().Where(snooze => snooze.About is not null && now < snooze.Until),
        ];
    }

    /// <summary>Puts off what is about something; one that was there is replaced.</summary>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task SetAsync(AlertSnooze snooze, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(snooze, NotificationsJson.Default.AlertSnooze);
        var version = (await documents.ReadDocumentAsync(Partition, KeyOf(snooze.About), cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        if (await documents.WriteDocumentAsync(new StoredDocument(Partition, KeyOf(snooze.About), version, json, snooze.Until), cancellationToken).ConfigureAwait(false) is not RowWrite.Written)
        {
            throw new StateStoreException($"somebody else puts off '{snooze.About}' at the same time; please try again");
        }
    }

    /// <summary>Ends it.</summary>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public Task EndAsync(string about, CancellationToken cancellationToken) => documents.DeleteDocumentAsync(Partition, KeyOf(about), cancellationToken);

    private static string KeyOf(string about) => AlertOutbox.Key(about.ToLowerInvariant());
}
