using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.SelfCosts;

/// <summary>Keeps what was used, one document a day for five weeks.</summary>
public sealed class UsageDays(IDocumentStore documents)
{
    private const string Partition = "self-costs";

    /// <summary>Workers write the day in turn; who loses so often keeps its counts for the next time.</summary>
    private const int Attempts = 3;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(35);

    /// <summary>Adds to the day on which the time ended.</summary>
    /// <returns>Whether it was kept.</returns>
    /// <exception cref="StateStoreException">The store is at fault.</exception>
    public async Task<bool> AddAsync(IReadOnlyDictionary<UsageKind, long> counts, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var midnight = new DateTimeOffset(until.UtcDateTime.Date, TimeSpan.Zero);
        var used = new UsageDay(from > midnight ? from : midnight, until, counts);
        var key = midnight.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await documents.ReadDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false);
            var day = stored is null ? used : Parse(stored)?.With(used) ?? used;
            var json = JsonSerializer.Serialize(day, SelfCostJson.Default.UsageDay);
            if (await documents.WriteDocumentAsync(
                new StoredDocument(Partition, key, stored?.Version ?? 0, json, midnight + KeptFor), cancellationToken).ConfigureAwait(false) is RowWrite.Written)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The days that are kept and can be read, oldest first.</summary>
    public async Task<IReadOnlyList<UsageDay>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).Select(Parse).OfType<UsageDay>()];

    /// <summary>The day; nothing when it is none, as after going back to a version that does not know what a later one counted.</summary>
    private static UsageDay? Parse(StoredDocument document)
    {
        try
        {
            return JsonSerializer.Deserialize(document.Json, SelfCostJson.Default.UsageDay) is { Counts: not null } day ? day : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
