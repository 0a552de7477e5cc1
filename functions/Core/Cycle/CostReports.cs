using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps the last report of each monitored scope, so that faces read it without asking Azure.</summary>
public sealed class CostReports(IDocumentStore documents)
{
    private const string Partition = "costs";

    /// <summary>Of what nobody monitors any more, nothing is told after this.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    /// <summary>All that are kept, by name.</summary>
    public async Task<IReadOnlyList<CostReport>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).Select(stored => stored.Read(SpendJson.Default.CostReport)).OfType<CostReport>()
            .OrderBy(report => report.Policy, StringComparer.Ordinal).ThenBy(report => report.Name, StringComparer.Ordinal),
    ];

    /// <summary>Replaces a report; of two workers that write at once either is as good.</summary>
    public async Task WriteAsync(CostReport report, CancellationToken cancellationToken)
    {
        var key = $"{report.Policy}|{report.Name}";
        var version = (await documents.ReadDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        await documents.WriteDocumentAsync(
            new StoredDocument(Partition, key, version, JsonSerializer.Serialize(report, SpendJson.Default.CostReport), report.At + KeptFor), cancellationToken).ConfigureAwait(false);
    }
}
