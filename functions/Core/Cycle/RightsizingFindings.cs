using System.Text.Json;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps what was found of each target's size, one document a target.</summary>
public sealed class RightsizingFindings(IDocumentStore documents)
{
    private const string Partition = "rightsizing";

    /// <summary>Of what nobody looks at any more, nothing is told after this.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    /// <summary>All that are kept; what cannot be read of them is left out until it is found anew.</summary>
    public async Task<IReadOnlyList<RightsizingRecord>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).Select(stored => stored.Read(RightsizingJson.Default.RightsizingRecord)).OfType<RightsizingRecord>(),
    ];

    /// <summary>What is kept of a target; null when nothing is, or nothing that can be read.</summary>
    public async Task<RightsizingRecord?> ReadAsync(TargetId target, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, target.Key, cancellationToken).ConfigureAwait(false) is { } stored ? stored.Read(RightsizingJson.Default.RightsizingRecord) : null;

    /// <summary>Replaces what was found of a target.</summary>
    /// <returns>Whether it was written; somebody else may have written at the same time.</returns>
    public async Task<bool> WriteAsync(TargetId target, RightsizingRecord record, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadDocumentAsync(Partition, target.Key, cancellationToken).ConfigureAwait(false);
        var document = new StoredDocument(
            Partition, target.Key, stored?.Version ?? 0, JsonSerializer.Serialize(record, RightsizingJson.Default.RightsizingRecord), record.At + KeptFor);
        return await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false) is RowWrite.Written;
    }
}
