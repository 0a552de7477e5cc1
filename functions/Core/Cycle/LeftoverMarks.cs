using System.Text.Json;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps what stands about, a document each: since when, and whether it was told.</summary>
public sealed class LeftoverMarks(IDocumentStore documents)
{
    private const string Partition = "leftovers";

    /// <summary>Of what nobody looks at any more, nothing is known after this.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    /// <summary>All that are kept, by id; what cannot be read is found anew.</summary>
    public async Task<IReadOnlyList<LeftoverRecord>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).Select(document => document.Read(SpendJson.Default.LeftoverRecord)).OfType<LeftoverRecord>().OrderBy(record => record.Id, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>What is kept of a resource; nothing where it is not marked, or that cannot be read.</summary>
    public async Task<LeftoverRecord?> ReadAsync(TargetId id, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, id.Key, cancellationToken).ConfigureAwait(false) is { } stored
            ? stored.Read(SpendJson.Default.LeftoverRecord)
            : null;

    /// <summary>Notes that the owner was told what will be done, unless the mark is another one by now.</summary>
    public async Task NoticeAsync(LeftoverRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await documents.ReadDocumentAsync(Partition, KeyOf(record), cancellationToken).ConfigureAwait(false) is { } stored
            && stored.Read(SpendJson.Default.LeftoverRecord) is { NoticedAt: null, NoticeFrom: { } from } current && from == record.NoticeFrom)
        {
            await documents.WriteDocumentAsync(stored with { Json = JsonSerializer.Serialize(current with { NoticedAt = now }, SpendJson.Default.LeftoverRecord) }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps it; of two workers that write at once either is as good.</summary>
    public async Task WriteAsync(LeftoverRecord record, CancellationToken cancellationToken)
    {
        var key = KeyOf(record);
        var version = (await documents.ReadDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        await documents.WriteDocumentAsync(
            new StoredDocument(Partition, key, version, JsonSerializer.Serialize(record, SpendJson.Default.LeftoverRecord), record.LastSeen + KeptFor), cancellationToken).ConfigureAwait(false);
    }

    public Task RemoveAsync(LeftoverRecord record, CancellationToken cancellationToken) => documents.DeleteDocumentAsync(Partition, KeyOf(record), cancellationToken);

    private static string KeyOf(LeftoverRecord record) => TargetId.Parse(record.Id).Key;
}
