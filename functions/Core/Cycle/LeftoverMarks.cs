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
        .. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).Select(Parse).OfType<LeftoverRecord>().OrderBy(record => record.Id, StringComparer.OrdinalIgnoreCase),
    ];

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

    private static LeftoverRecord? Parse(StoredDocument stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Json, SpendJson.Default.LeftoverRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
